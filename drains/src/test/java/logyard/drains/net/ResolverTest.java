package logyard.drains.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResolverTest {
    @TempDir
    Path folder;

    /** In a process of its own, whose names are in a file that changes. */
    @Test
    void knowsWhatANameMeansNow() throws Exception {
        Path hosts = folder.resolve("hosts");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Djdk.net.hosts.file=" + hosts,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Lookups.class.getName(),
                        hosts.toString())
                .redirectErrorStream(true)
                .start();

        assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .endsWith("unknown\n127.0.0.2\n127.0.0.3\n");
    }

    @Test
    void needsNobodyToKnowAnAddress() {
        try (var resolver = new Resolver()) {
            resolver.close(); // it has no threads any more

            assertThat(resolver.resolve("127.0.0.2").join())
                    .extracting(InetAddress::getHostAddress)
                    .containsExactly("127.0.0.2");
            assertThat(resolver.resolve("::1").join())
                    .extracting(InetAddress::getHostAddress)
                    .containsExactly("0:0:0:0:0:0:0:1");
            assertThatThrownBy(() -> resolver.resolve("localhost").join()).isNotNull();
        }
    }

    /** Looks a name up while its address changes. */
    static final class Lookups {
        public static void main(String[] args) throws Exception {
            Path hosts = Path.of(args[0]);
            Files.writeString(hosts, "127.0.0.9 other.test\n");
            try (var resolver = new Resolver()) {
                System.out.println(lookUp(resolver));
                Files.writeString(hosts, "127.0.0.2 target.test\n");
                System.out.println(lookUp(resolver));
                Files.writeString(hosts, "127.0.0.3 target.test\n");
                System.out.println(lookUp(resolver));
            }
        }

        private static String lookUp(Resolver resolver) throws InterruptedException {
            try {
                return resolver.resolve("target.test").get().get(0).getHostAddress();
            } catch (java.util.concurrent.ExecutionException e) {
                return "unknown";
            }
        }
    }
}
