package logyard.apptail.docker;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.util.List;
import logyard.config.ConfigException;

/**
 * Where Docker's daemon listens.
 *
 * @param text as it was given
 */
public record DockerAddress(String text, SocketAddress socket) {
    /** The longest path that a Unix socket can have, in bytes. */
    private static final int LONGEST_PATH = 107;

    /**
     * Reads {@code unix:///var/run/docker.sock} or {@code http://localhost:4243}.
     *
     * @param setting where it is from, for the message
     * @throws ConfigException if it is neither
     */
    public static DockerAddress parse(String text, String setting) {
        try {
            URI uri = new URI(text);
            String path = uri.getPath() == null ? "" : uri.getPath();
            if ("unix".equals(uri.getScheme())
                    && uri.getAuthority() == null
                    && path.startsWith("/")
                    && path.length() <= LONGEST_PATH) {
                return new DockerAddress(text, UnixDomainSocketAddress.of(Path.of(path)));
            }
            if ("http".equals(uri.getScheme())
                    && uri.getHost() != null
                    && uri.getPort() > 0
                    && uri.getUserInfo() == null
                    && (path.isEmpty() || path.equals("/"))) {
                return new DockerAddress(text, InetSocketAddress.createUnresolved(uri.getHost(), uri.getPort()));
            }
        } catch (URISyntaxException e) {
            // said below
        }
        throw new ConfigException(List.of(
                setting + " must be unix:///var/run/docker.sock or http://localhost:4243, got \"" + text + "\""));
    }

    boolean isUnix() {
        return socket instanceof UnixDomainSocketAddress;
    }
}
