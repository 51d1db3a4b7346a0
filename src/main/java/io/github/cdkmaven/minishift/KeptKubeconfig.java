package io.github.cdkmaven.minishift;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cdkmaven.json.JsonTree;
import io.github.cdkmaven.minishift.KubeconfigText.Author;
import io.github.cdkmaven.process.AtomicFile;
import io.github.cdkmaven.process.UserFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A kubeconfig as it was before minishift ran; kept on disk until it is back, so that a build that is killed, or finds the disk full, loses
 * nothing.
 *
 * @param place where kubectl looks for it
 * @param link what the place holds, if that is a symbolic link
 * @param file the file itself
 * @param content absent where there was no file
 * @param permissions absent where there was no file, or none of POSIX
 * @param hadFolder whether its folder was there
 * @param vm what minishift may write to it
 * @param holder who keeps it, for others
 */
record KeptKubeconfig(
        Path place,
        Optional<Path> link,
        Path file,
        Optional<byte[]> content,
        Optional<String> permissions,
        boolean hadFolder,
        VmEntries vm,
        String holder) {

    private static final Logger LOG = LoggerFactory.getLogger(KeptKubeconfig.class);
    private static final long LARGEST = 16L * 1024 * 1024;

    /** The file as it is now. */
    static KeptKubeconfig of(Path place, VmEntries vm, String holder) throws IOException {
        boolean exists = Files.exists(place);
        Optional<Path> link = link(place);
        Path file =
                exists ? place.toRealPath() : link.map(place::resolveSibling).orElse(place);
        if (exists && (!Files.isRegularFile(file) || Files.size(file) > LARGEST)) {
            throw new IOException(place + " is not a file that kubectl could read");
        }
        return new KeptKubeconfig(
                place,
                link,
                file,
                exists ? Optional.of(Files.readAllBytes(file)) : Optional.empty(),
                exists && isPosix(file)
                        ? Optional.of(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        : Optional.empty(),
                Files.exists(file.toAbsolutePath().getParent()),
                vm,
                holder);
    }

    private static Optional<Path> link(Path place) throws IOException {
        return Files.isSymbolicLink(place) ? Optional.of(Files.readSymbolicLink(place)) : Optional.empty();
    }

    private static boolean isPosix(Path path) throws IOException {
        return Files.getFileStore(path).supportsFileAttributeView("posix");
    }

    /** Keeps it in a file, private to the user. */
    void write(Path state) throws IOException {
        ObjectNode json = JsonTree.object()
                .put("place", place.toString())
                .put("file", file.toString())
                .put("hadFolder", hadFolder)
                .put("holder", holder);
        link.ifPresent(target -> json.put("link", target.toString()));
        content.ifPresent(bytes -> json.put("content", bytes));
        permissions.ifPresent(text -> json.put("permissions", text));
        json.set("vm", vm.toJson());
        AtomicFile.writePrivate(state, JsonTree.pretty(json));
        UserFolder.handOver(state);
    }

    /** What a build has kept and not yet put back. */
    static KeptKubeconfig read(Path state) throws IOException {
        JsonNode json = JsonTree.read(state);
        if (json.path("file").asText("").isEmpty()) {
            throw new IOException("it names no file");
        }
        return new KeptKubeconfig(
                Path.of(json.path("place").asText()),
                Optional.ofNullable(json.get("link")).map(target -> Path.of(target.asText())),
                Path.of(json.path("file").asText()),
                json.has("content") ? Optional.of(json.path("content").binaryValue()) : Optional.empty(),
                Optional.ofNullable(json.get("permissions")).map(JsonNode::asText),
                json.path("hadFolder").asBoolean(),
                VmEntries.fromJson(json.path("vm")),
                json.path("holder").asText());
    }

    /** Takes back what minishift did to the file, and nothing that somebody else did. */
    void putBack() throws IOException {
        Optional<Path> linkNow = link(place);
        Optional<byte[]> now = Files.isRegularFile(place) ? Optional.of(Files.readAllBytes(place)) : Optional.empty();
        boolean replaced = link.isPresent() && linkNow.isEmpty() && now.isPresent();
        boolean sameKind = link.equals(linkNow)
                && (now.isEmpty() || content.isEmpty() || place.toRealPath().equals(file));
        if (sameKind
                && now.isPresent() == content.isPresent()
                && Arrays.equals(now.orElse(null), content.orElse(null))) {
            removeFolder();
            return;
        }
        Author author = now.isPresent() && (sameKind || replaced)
                ? KubeconfigText.author(text(content), text(now), vm.now())
                : Author.SOMEBODY_ELSE;
        if (author == Author.MINISHIFT) {
            restore();
            LOG.debug("{} was restored to what it was before minishift wrote to it", place);
        } else if (author == Author.ACCIDENT && content.isPresent()) {
            Optional<Path> beside = text(now).isBlank() ? Optional.empty() : Optional.of(keep("unreadable", now.get()));
            restore();
            LOG.warn(
                    "{} was no longer a kubeconfig after minishift had run, and was restored{}",
                    place,
                    beside.map(path -> "; its content was saved to " + path).orElse(""));
        } else if (content.isPresent()) {
            LOG.warn(
                    "{} was changed while minishift ran, and not only by minishift; it is left as it is. Its earlier content: {}",
                    place,
                    keep("before-minishift", content.get()));
        } else {
            LOG.warn("{} was created while minishift ran, and not only by minishift; it is left as it is", place);
        }
    }

    private static String text(Optional<byte[]> bytes) {
        return new String(bytes.orElse(new byte[0]), StandardCharsets.UTF_8);
    }

    /** Keeps a content beside the file, for good: whose it is, only the user can tell. */
    private Path keep(String what, byte[] bytes) throws IOException {
        for (int number = 0; ; number++) {
            Path path = place.resolveSibling("config." + what + (number == 0 ? "" : "." + number));
            if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
                AtomicFile.writePrivate(path, bytes);
                UserFolder.handOver(path);
                return path;
            }
            if (Files.isRegularFile(path) && Arrays.equals(Files.readAllBytes(path), bytes)) {
                return path;
            }
        }
    }

    private void restore() throws IOException {
        if (content.isPresent()) {
            overwrite(content.get());
            if (permissions.isPresent()) {
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions.get()));
            }
        } else {
            Files.delete(place.toRealPath());
            removeFolder();
        }
        if (link.isPresent() && !Files.isSymbolicLink(place)) {
            Files.deleteIfExists(place);
            Files.createSymbolicLink(place, link.get());
        }
    }

    /** At once where that keeps what the file is: a file with more than one name, or of another owner, is written in place. */
    private void overwrite(byte[] bytes) throws IOException {
        Path copy = file.resolveSibling("config.cdk-maven-plugin.tmp");
        try {
            AtomicFile.writePrivate(copy, bytes);
            boolean simple = Files.exists(file)
                    && Files.getOwner(copy).equals(Files.getOwner(file))
                    && !(isPosix(file) && (int) Files.getAttribute(file, "unix:nlink") > 1);
            if (simple) {
                if (permissions.isPresent()) {
                    Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString(permissions.get()));
                }
                Files.move(copy, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
                return;
            }
        } finally {
            Files.deleteIfExists(copy);
        }
        Files.write(file, bytes);
    }

    private void removeFolder() throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (hadFolder || !Files.isDirectory(folder)) {
            return;
        }
        try (var entries = Files.list(folder)) {
            if (entries.findAny().isEmpty()) {
                Files.delete(folder);
            }
        }
    }
}
