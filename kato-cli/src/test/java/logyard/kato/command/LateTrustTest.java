package logyard.kato.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LateTrustTest {
    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir
    Path folder;

    private SSLContext before;

    @BeforeEach
    void install() throws NoSuchAlgorithmException {
        before = SSLContext.getDefault();
        LateTrust.install();
    }

    @AfterEach
    void restore() {
        SSLContext.setDefault(before);
        System.clearProperty("javax.net.ssl.trustStore");
    }

    private Path certificate() throws Exception {
        Path store = folder.resolve("store");
        var made = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "a",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        new String(PASSWORD)))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("out").toFile())
                .start();
        assertThat(made.waitFor()).as(Files.readString(folder.resolve("out"))).isZero();
        return store;
    }

    private static SSLContext server(Path store) throws Exception {
        var factory = KeyManagerFactory.getInstance("PKIX");
        factory.init(KeyStore.getInstance(store.toFile(), PASSWORD), PASSWORD);
        var context = SSLContext.getInstance("TLS");
        context.init(factory.getKeyManagers(), null, null);
        return context;
    }

    private static void connectTo(Path store) throws Exception {
        try (var listening =
                (SSLServerSocket) server(store).getServerSocketFactory().createServerSocket(0)) {
            CompletableFuture<Void> unused = CompletableFuture.runAsync(() -> {
                try (SSLSocket accepted = (SSLSocket) listening.accept()) {
                    accepted.startHandshake();
                } catch (IOException e) {
                    // the other side says why
                }
            });
            try (SSLSocket socket = (SSLSocket)
                    SSLContext.getDefault().getSocketFactory().createSocket("localhost", listening.getLocalPort())) {
                socket.startHandshake();
            }
        }
    }

    @Test
    void trustsNobodyJavaDoesNot() throws Exception {
        Path store = certificate();

        assertThatThrownBy(() -> connectTo(store)).isInstanceOf(SSLException.class);
    }

    @Test
    void readsWhomToTrustWhenThatIsAsked() throws Exception {
        Path store = certificate();
        var trusted = KeyStore.getInstance("JKS");
        trusted.load(null, null);
        trusted.setCertificateEntry(
                "a", KeyStore.getInstance(store.toFile(), PASSWORD).getCertificate("a"));
        Path trust = folder.resolve("trust");
        try (var out = Files.newOutputStream(trust)) {
            trusted.store(out, PASSWORD);
        }
        System.setProperty("javax.net.ssl.trustStore", trust.toString()); // after the context was made

        connectTo(store);
    }
}
