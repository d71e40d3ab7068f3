package logyard.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.jar.JarOutputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The drain type of docs/developing.md, compiled and put beside the distribution as the page says. */
class DrainTypeJarIT {
    private static final String SERVICE = "META-INF/services/logyard.core.drain.DrainType";
    private static final Pattern CODE = Pattern.compile("(?s)```java\\n(.*?)```.*?```\\n(\\S+)\\n```");

    @TempDir
    private Path folder;

    private Path drains;

    @Test
    void aTypeOfOnesOwnIsFoundAndOneThatCannotBeLoadedStopsNothing() throws Exception {
        drains = Files.createDirectory(folder.resolve("drains"));
        makeJarOfThePage();
        try (var broken = new JarOutputStream(Files.newOutputStream(drains.resolve("broken.jar")))) {
            write(broken, SERVICE, "com.example.NotThere\n".getBytes(UTF_8));
        }
        Path path = folder.resolve("c.sock");
        try (var node = TestNode.create(folder, "app")) {
            node.launch("logyard", Map.of("LOGYARD_DRAINS", drains.toString()));
            node.start("systail");
            node.drain("relative", "unix:c.sock", "FATAL");
            assertThat(node.status("relative").path("error").asText()).contains("needs the path of a socket");
            node.drain("mine", "unix://" + path + "?filter=systail.app&format={{.text}}", "RETRYING");
            assertThat(node.status("mine").path("error").asText()).contains("connect " + path);
            Files.writeString(node.log("app"), "kept until somebody listens\n");

            try (var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
                server.bind(UnixDomainSocketAddress.of(path));
                try (var lines = new BufferedReader(Channels.newReader(server.accept(), UTF_8))) {
                    assertThat(lines.readLine()).isEqualTo("kept until somebody listens");
                }
            }
            assertThat(node.output("logyard")).contains("Leaving out a drain type that cannot be loaded");
        }
    }

    private void makeJarOfThePage() throws IOException, InterruptedException {
        Matcher page = CODE.matcher(Files.readString(Path.of("../docs/developing.md")));
        assertThat(page.find()).isTrue();
        String type = page.group(2);
        Path source = folder.resolve(type.substring(type.lastIndexOf('.') + 1) + ".java");
        Path classes = folder.resolve("classes");
        Files.writeString(source, page.group(1));
        String lib =
                Path.of(System.getProperty("logyard.distribution"), "lib", "*").toString();
        String javac = Path.of(System.getProperty("java.home"), "bin", "javac").toString();
        Process compiling = new ProcessBuilder(javac, "-cp", lib, "-d", classes.toString(), source.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(compiling.getInputStream().readAllBytes(), UTF_8);
        assertThat(compiling.waitFor()).as(said).isZero();
        try (var jar = new JarOutputStream(Files.newOutputStream(drains.resolve("own.jar")));
                var made = Files.walk(classes)) {
            write(jar, SERVICE, type.getBytes(UTF_8));
            for (Path file : made.filter(Files::isRegularFile).toList()) {
                write(jar, classes.relativize(file).toString(), Files.readAllBytes(file));
            }
        }
    }

    private static void write(JarOutputStream jar, String name, byte[] content) throws IOException {
        jar.putNextEntry(new ZipEntry(name));
        jar.write(content);
        jar.closeEntry();
    }
}
