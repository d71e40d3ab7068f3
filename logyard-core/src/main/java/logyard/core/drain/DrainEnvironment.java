package logyard.core.drain;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/**
 * What drains are allowed and told by the node they run on.
 *
 * @param allowedFolders below which {@code file://} drains may write
 * @param coreAddress the address behind the alias {@code stackato-core}, asked at every connect; empty text if not known
 * @param secretsFolder where the passwords are that a URI names as {@code secret:NAME}
 * @param steps is told what is done to open a drain
 */
public record DrainEnvironment(
        List<Path> allowedFolders, Supplier<String> coreAddress, Path secretsFolder, Steps steps) {
    /** Where secrets are unless it is set otherwise. */
    public static final Path SECRETS_FOLDER = Path.of("/etc/logyard/secrets");

    public DrainEnvironment {
        allowedFolders = List.copyOf(allowedFolders);
    }

    /** With nobody who is interested in each step. */
    public DrainEnvironment(List<Path> allowedFolders, Supplier<String> coreAddress, Path secretsFolder) {
        this(allowedFolders, coreAddress, secretsFolder, Steps.UNSEEN);
    }

    /** With the secrets where they are unless it is set otherwise. */
    public DrainEnvironment(List<Path> allowedFolders, Supplier<String> coreAddress) {
        this(allowedFolders, coreAddress, SECRETS_FOLDER);
    }

    /** The same, but each step is told. */
    public DrainEnvironment watchedBy(Steps steps) {
        return new DrainEnvironment(allowedFolders, coreAddress, secretsFolder, steps);
    }
}
