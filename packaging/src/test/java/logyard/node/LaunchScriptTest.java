package logyard.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LaunchScriptTest {
    @TempDir
    Path home;

    /** What a Java would find in {@code LC_ALL}. */
    private String localeOfJava(String locale) throws IOException {
        return java("echo $LC_ALL", locale);
    }

    private String java(String java, String locale) throws IOException {
        script("java/bin/java", java);
        Path command = script("bin/command", ". \"$(dirname \"$0\")/launch.sh\"\nlaunch some.Main ''");
        Files.copy(Path.of("src/main/bin/launch.sh"), home.resolve("bin/launch.sh"));
        var process = new ProcessBuilder(command.toString()).redirectErrorStream(true);
        process.environment().put("JAVA_HOME", home.resolve("java").toString());
        process.environment().put("LC_ALL", locale);
        return new String(process.start().getInputStream().readAllBytes(), UTF_8);
    }

    private Path script(String name, String text) throws IOException {
        Path script = home.resolve(name);
        Files.createDirectories(script.getParent());
        Files.writeString(script, "#!/bin/sh\nset -eu\n" + text + "\n");
        return Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @Test
    void startsJavaInALocaleThatHasAllLetters() throws IOException {
        assertThat(localeOfJava("C")).isEqualTo("C.UTF-8\n");
    }

    @Test
    void leavesALocaleAloneThatHasThem() throws IOException {
        assertThat(localeOfJava("C.utf8")).isEqualTo("C.utf8\n");
    }

    /** {@code logyard-core} has a class of JeroMQ's in another form: see docs/adr/0005. */
    @Test
    void putsOurJarsFirstAndEachOnce() throws IOException {
        Files.createDirectories(home.resolve("lib"));
        for (String jar :
                new String[] {"jeromq-0.7.0.jar", "logyard-core.jar", "zookeeper.jar", "logyard-config.jar"}) {
            Files.createFile(home.resolve("lib").resolve(jar));
        }

        assertThat(java("echo $2", "C.utf8").strip().replace(home.toRealPath() + "/lib/", ""))
                .isEqualTo("logyard-config.jar:logyard-core.jar:jeromq-0.7.0.jar:zookeeper.jar");
    }
}
