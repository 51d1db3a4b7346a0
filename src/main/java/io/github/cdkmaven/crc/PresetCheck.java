package io.github.cdkmaven.crc;

import io.github.cdkmaven.problem.Problem;
import io.github.cdkmaven.report.Check;
import java.util.List;
import java.util.function.Supplier;

/**
 * Looks whether what runs in the VM has ImageStreams at all.
 *
 * @param preset tells what runs there, or would
 */
record PresetCheck(Supplier<Preset> preset) implements Supplier<List<Check>> {

    @Override
    public List<Check> get() {
        Preset found = preset.get();
        return List.of(
                found == Preset.MICROSHIFT
                        ? Check.fail(
                                "crc.preset",
                                found.toString(),
                                noImageStreams().what(),
                                noImageStreams().fix())
                        : Check.ok("crc.preset", found.toString(), "has ImageStreams"));
    }

    /** That there are none. */
    static Problem noImageStreams() {
        return Problem.of(
                "The preset of crc is 'microshift', which has neither ImageStreams nor OpenShift's operators.",
                "'crc config set preset openshift' (or okd), and <bundle> (-Dcdk.bundle=…) with a bundle of that preset; a VM of the other preset has to be"
                        + " deleted first: " + CrcEngine.goal("delete"));
    }
}
