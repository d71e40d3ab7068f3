package logyard.drains.tcp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.core.ThrowingRunnable;

/** A real rsyslogd or syslog-ng, with the configuration that {@code docs/syslog.md} gives for it. */
final class SyslogReceiver implements AutoCloseable {
    /** Where {@code packaging/test.sh} takes packages apart that cannot be installed beside others. */
    private static final Path UNPACKED =
            Path.of("..", "target", "receivers").toAbsolutePath().normalize();

    private final Path folder;
    private final List<String> command = new ArrayList<>();
    private final Map<String, Integer> ports = Map.of("601", freePort(), "602", freePort(), "6514", freePort());
    private Optional<Path> libraries = Optional.empty();
    private Process process;

    private SyslogReceiver(Path folder) {
        this.folder = folder;
    }

    /** In the folder are {@code ca.pem}, {@code target.pem} and {@code target.key}. */
    static SyslogReceiver rsyslog(Path folder) throws IOException {
        var receiver = new SyslogReceiver(folder);
        String modules = Stream.of(Path.of("/usr/lib"), UNPACKED.resolve("rsyslog-openssl/usr/lib"))
                .flatMap(SyslogReceiver::below)
                .filter(path -> path.endsWith("rsyslog") && Files.isDirectory(path.resolve(".")))
                .map(Path::toString)
                .collect(joining(":"));
        require(
                Stream.of(modules.split(":")).anyMatch(path -> Files.exists(Path.of(path, "lmnsd_ossl.so"))),
                "rsyslog-openssl");
        receiver.command.add(executable("rsyslogd").orElseThrow(() -> missing("rsyslog")));
        receiver.command.addAll(
                List.of("-n", "-f", receiver.configuration("# /etc/rsyslog.d/").toString()));
        receiver.command.addAll(List.of("-i", folder.resolve("receiver.pid").toString(), "-M", modules));
        receiver.start();
        return receiver;
    }

    static SyslogReceiver syslogNg(Path folder, boolean oldProtocol) throws IOException {
        var receiver = new SyslogReceiver(folder);
        Path root = UNPACKED.resolve("syslog-ng-core");
        Optional<String> installed = executable("syslog-ng");
        Path unpacked = root.resolve("usr/sbin/syslog-ng");
        require(installed.isPresent() || Files.exists(unpacked), "syslog-ng-core");
        receiver.command.add(installed.orElse(unpacked.toString()));
        if (installed.isEmpty()) {
            Path libraries = root.resolve("usr/lib/syslog-ng");
            String modules = below(libraries)
                    .filter(path -> Files.exists(path.resolve("libafsocket.so")))
                    .findFirst()
                    .orElseThrow()
                    .toString();
            receiver.command.addAll(List.of("--module-path", modules));
            receiver.libraries = Optional.of(libraries);
        }
        Path configuration = receiver.configuration("# /etc/syslog-ng/");
        if (oldProtocol) {
            Files.writeString(configuration, Files.readString(configuration).replace("flags(syslog-protocol)", ""));
        }
        receiver.command.addAll(List.of("-F", "--no-caps", "-f", configuration.toString()));
        receiver.command.addAll(List.of("-p", folder.resolve("receiver.pid").toString()));
        receiver.command.addAll(List.of("-c", folder.resolve("receiver.ctl").toString()));
        receiver.command.addAll(List.of("-R", folder.resolve("receiver.persist").toString()));
        receiver.start();
        return receiver;
    }

    private static Stream<Path> below(Path folder) {
        try (Stream<Path> paths = Files.walk(folder, 2)) {
            return paths.toList().stream();
        } catch (IOException e) {
            return Stream.empty();
        }
    }

    private static Optional<String> executable(String name) {
        return Stream.of((System.getenv("PATH") + ":/usr/sbin:/sbin").split(":"))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst();
    }

    private static void require(boolean there, String whatPackage) {
        if (!there) {
            throw missing(whatPackage);
        }
    }

    private static AssertionError missing(String whatPackage) {
        return new AssertionError("This test needs " + whatPackage
                + ": run packaging/test.sh, or apt-get install " + whatPackage + ", or take it apart: apt-get download "
                + whatPackage + " && dpkg-deb -x " + whatPackage + "_*.deb " + UNPACKED.resolve(whatPackage));
    }

    /** The block of the documentation that begins with this line, at home in this receiver's folder. */
    private Path configuration(String firstLine) throws IOException {
        String text = Files.readString(Path.of("..", "docs", "syslog.md"));
        int start = text.indexOf("    " + firstLine);
        assertThat(start).as("block %s in docs/syslog.md", firstLine).isPositive();
        String block = text.substring(start)
                .lines()
                .takeWhile(line -> line.isBlank() || line.startsWith("    "))
                .map(line -> line.isBlank() ? "" : line.substring(4))
                .collect(joining("\n", "", "\n"));
        for (var port : ports.entrySet()) {
            block = block.replace("\"" + port.getKey() + "\"", "\"" + port.getValue() + "\"")
                    .replace("(" + port.getKey() + ")", "(" + port.getValue() + ")");
        }
        return Files.writeString(
                folder.resolve("receiver.conf"),
                block.replace("/etc/ssl/logyard", folder.toString())
                        .replace("/var/log/logyard.log", stored().toString()));
    }

    /** What the receiver keeps. */
    Path stored() {
        return folder.resolve("stored.log");
    }

    /** The port of this receiver that is {@code documented} in the documentation. */
    int port(int documented) {
        return ports.get(Integer.toString(documented));
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    void start() throws IOException {
        var builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("receiver.out").toFile()));
        libraries.ifPresent(path -> builder.environment().put("LD_LIBRARY_PATH", path.toString()));
        process = builder.start();
        ThrowingRunnable listens = () -> {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port(6514))) {
                assertThat(socket.isConnected()).isTrue();
            } catch (IOException e) {
                throw new AssertionError(Files.readString(folder.resolve("receiver.out"), UTF_8), e);
            }
        };
        await().atMost(60, TimeUnit.SECONDS).untilAsserted(listens);
    }

    /** Ends it as an operator does. */
    void stop() throws InterruptedException {
        process.destroy();
        process.waitFor();
    }

    @Override
    public void close() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }
}
