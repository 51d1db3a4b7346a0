package io.github.cdkmaven.crc;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cdkmaven.engine.Difference;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Compares a VM with what the POM asks. crc brings CPUs, memory and a larger disk to an existing VM at each of its starts (crc
 * {@code start.go updateVMConfig}), so that only the bundle is a reason to make a new one.
 */
final class VmDifferences {

    private static final long GIB = 1L << 30;

    private VmDifferences() {}

    /**
     * The differences.
     *
     * @param driver the driver's part of the VM's record
     * @param wanted the bundle that a start would use
     * @param running whether the VM runs, so that nothing of its size is changed
     */
    static List<Difference> of(JsonNode driver, Optional<Bundle> wanted, CrcStartSettings.Size size, boolean running) {
        List<Difference> found = new ArrayList<>();
        Optional<Bundle> actual = Bundle.parse(driver.path("BundleName").asText(""));
        if (wanted.isPresent()
                && actual.isPresent()
                && !wanted.get().folder().equals(actual.get().folder())) {
            boolean preset = wanted.get().preset() != actual.get().preset();
            found.add(new Difference("bundle", wanted.get().file(), actual.get().file(), true));
            if (preset) {
                found.add(new Difference(
                        "preset",
                        wanted.get().preset().toString(),
                        actual.get().preset().toString(),
                        true));
            }
        }
        long disk = driver.path("DiskCapacity").asLong();
        size.disk()
                .filter(pom -> disk > pom * GIB)
                .ifPresent(pom -> found.add(new Difference(
                        "disk-size", pom + " GiB", disk / GIB + " GiB, but a disk never shrinks", false)));
        if (running) {
            number(found, "cpus", size.cpus(), driver.path("CPU"), "");
            number(found, "memory", size.memory(), driver.path("Memory"), " MiB");
            size.disk()
                    .filter(pom -> disk > 0 && disk < pom * GIB)
                    .ifPresent(pom -> found.add(new Difference(
                            "disk-size", pom + " GiB", disk / GIB + " GiB until the next start", false)));
        }
        return found;
    }

    private static void number(
            List<Difference> found, String option, Optional<Integer> wanted, JsonNode actual, String unit) {
        wanted.filter(pom -> actual.isNumber() && actual.asInt() != pom)
                .ifPresent(pom -> found.add(
                        new Difference(option, pom + unit, actual.asInt() + unit + " until the next start", false)));
    }
}
