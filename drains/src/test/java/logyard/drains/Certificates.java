package logyard.drains;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** An authority made for a test, and what it issues: files in PEM form, in one folder, by name. */
public final class Certificates {
    private static final char[] PASSWORD = "password".toCharArray();

    private final Path folder;
    private final String authority;
    private final Path store;

    /** Makes an authority, whose certificate is in {@code <authority>.pem}. */
    public Certificates(Path folder, String authority) throws Exception {
        this.folder = folder;
        this.authority = authority;
        this.store = folder.resolve(authority + ".p12");
        keytool(authority, "-ext", "bc:c", "-validity", "9");
        write(authority);
    }

    /**
     * Makes {@code <name>.pem} and {@code <name>.key}.
     *
     * @param subject what it is for, such as {@code ip:127.0.0.1}
     */
    public void issue(String name, String subject, String... more) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("-signer", authority, "-ext", "san=" + subject));
        arguments.addAll(List.of(more.length == 0 ? new String[] {"-validity", "9"} : more));
        keytool(name, arguments.toArray(String[]::new));
        write(name);
    }

    /** As {@link #issue}, but no longer valid. */
    public void issueExpired(String name, String subject) throws Exception {
        issue(name, subject, "-startdate", "-3d", "-validity", "1");
    }

    private void keytool(String name, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair", "-alias", name));
        command.addAll(List.of("-keyalg", "EC", "-groupname", "secp256r1", "-dname", "CN=" + name));
        command.addAll(List.of("-keystore", store.toString(), "-storepass", new String(PASSWORD)));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), US_ASCII);
        assertThat(process.waitFor()).as(output).isZero();
    }

    private void write(String name) throws Exception {
        KeyStore keys = load();
        var chain = new StringBuilder();
        for (Certificate certificate : keys.getCertificateChain(name)) {
            chain.append(pem("CERTIFICATE", certificate.getEncoded()));
        }
        Files.writeString(folder.resolve(name + ".pem"), chain);
        Files.writeString(
                folder.resolve(name + ".key"),
                pem("PRIVATE KEY", keys.getKey(name, PASSWORD).getEncoded()));
    }

    private static String pem(String what, byte[] content) {
        String text = Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII)).encodeToString(content);
        return "-----BEGIN " + what + "-----\n" + text + "\n-----END " + what + "-----\n";
    }

    private KeyStore load() throws Exception {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD);
        }
        return keys;
    }

    /** What a server works with that shows this certificate, and trusts those of this authority. */
    public SSLContext server(String name) throws Exception {
        KeyStore own = KeyStore.getInstance("PKCS12");
        own.load(null, PASSWORD);
        own.setKeyEntry(name, load().getKey(name, PASSWORD), PASSWORD, load().getCertificateChain(name));
        KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(own, PASSWORD);
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, PASSWORD);
        trusted.setCertificateEntry("ca", load().getCertificate(authority));
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }
}
