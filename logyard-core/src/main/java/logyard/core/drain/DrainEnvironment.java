package logyard.core.drain;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/**
 * What drains are allowed and told by the node they run on.
 *
 * @param allowedFolders below which {@code file://} drains may write
 * @param coreAddress the address behind the alias {@code stackato-core}, asked at every connect; empty text if not known
 */
public record DrainEnvironment(List<Path> allowedFolders, Supplier<String> coreAddress) {
    public DrainEnvironment {
        allowedFolders = List.copyOf(allowedFolders);
    }
}
