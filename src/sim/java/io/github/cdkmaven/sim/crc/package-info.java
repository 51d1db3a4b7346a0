/**
 * The simulated {@code crc} of OpenShift Local: its command line, its state below {@code ~/.crc}, its VM and its lies.
 *
 * <p>What it says and does comes from crc's sources and from recordings of crc 2.53.0 and 2.25.0; what was not recorded is
 * marked where it stands.
 */
@NullMarked
package io.github.cdkmaven.sim.crc;

import org.jspecify.annotations.NullMarked;
