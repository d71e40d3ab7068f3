package logyard.drains.net;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import javax.net.ssl.SSLException;
import logyard.core.drain.DrainSpec;
import logyard.core.drain.InvalidDrainException;
import logyard.core.drain.SecretFiles;

/**
 * The files of {@code drain.secrets_dir} that a drain's TLS needs, all in PEM form. They are read at every connect, so
 * that one that was replaced counts from the next connection on.
 *
 * @param ca the certificates to trust; empty: those that Java trusts
 * @param cert the drain's own certificate and those behind it; empty: it has none
 * @param key the private key for it, in PKCS#8
 */
public record TlsFiles(String ca, String cert, String key) {
    /**
     * Reads {@code ca}, {@code cert} and {@code key}.
     *
     * @throws InvalidDrainException if one is no name of a file, or only one of cert and key is given
     */
    public static TlsFiles of(DrainSpec spec) {
        var files = new TlsFiles(name(spec, "ca"), name(spec, "cert"), name(spec, "key"));
        if (files.cert.isEmpty() != files.key.isEmpty()) {
            throw new InvalidDrainException("cert and key go together: a certificate, and the private key for it, got "
                    + (files.cert.isEmpty() ? "key" : "cert") + " only");
        }
        return files;
    }

    private static String name(DrainSpec spec, String parameter) {
        return spec.text(parameter)
                .map(name -> SecretFiles.requireName(parameter, name))
                .orElse("");
    }

    /**
     * What connections are made with, which check that the certificate of a target has its name. May wait.
     *
     * @throws IOException naming the file that is missing or bad
     */
    public SslContext read(Path secretsFolder) throws IOException {
        var builder = SslContextBuilder.forClient()
                .sslProvider(SslProvider.JDK)
                .protocols("TLSv1.3", "TLSv1.2")
                .endpointIdentificationAlgorithm("HTTPS");
        if (!ca.isEmpty()) {
            byte[] certificates = SecretFiles.bytes(secretsFolder, ca);
            try {
                builder.trustManager(new ByteArrayInputStream(certificates));
            } catch (IllegalArgumentException e) {
                throw new IOException(secretsFolder.resolve(ca) + " (ca) holds no certificates in PEM form", e);
            }
        }
        if (!cert.isEmpty()) {
            addOwn(builder, secretsFolder);
        }
        try {
            return builder.build();
        } catch (SSLException e) {
            throw new IOException("TLS cannot be set up: " + e.getMessage(), e);
        }
    }

    private void addOwn(SslContextBuilder builder, Path folder) throws IOException {
        byte[] certificates = SecretFiles.bytes(folder, cert);
        byte[] privateKey = SecretFiles.bytes(folder, key);
        try {
            builder.keyManager(new ByteArrayInputStream(certificates), new ByteArrayInputStream(privateKey));
        } catch (IllegalArgumentException e) {
            throw new IOException(
                    folder.resolve(cert) + " (cert) must hold certificates and " + folder.resolve(key)
                            + " (key) a private key without a password, in PEM form, the key in PKCS#8"
                            + " (BEGIN PRIVATE KEY): " + e.getMessage(),
                    e);
        }
    }
}
