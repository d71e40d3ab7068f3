package logyard.drains.tcp;

import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import javax.net.ssl.SSLException;

/** Says in an operator's words why a connection broke. */
final class TcpFailure {
    private TcpFailure() {}

    static IOException of(Throwable error) {
        return new IOException(reason(error), error);
    }

    /** Why the handshake with a target did not come to its end. */
    static IOException ofHandshake(TcpSettings settings, Throwable error) {
        return new IOException(settings.name() + ": " + handshakeReason(error), error);
    }

    private static String handshakeReason(Throwable error) {
        if (error instanceof SslHandshakeTimeoutException) {
            return "no answer to the TLS handshake in time";
        }
        return error instanceof ClosedChannelException
                ? "the target closed the connection during the TLS handshake"
                : reason(error);
    }

    private static String reason(Throwable error) {
        Throwable cause = error instanceof DecoderException && error.getCause() != null ? error.getCause() : error;
        if (cause instanceof NotSslRecordException) {
            return "the target does not speak TLS";
        }
        if (cause instanceof SSLException) {
            return tlsReason(cause);
        }
        String message = String.valueOf(cause.getMessage());
        if (message.contains("reset") || message.contains("Broken pipe")) {
            return "the target reset the connection";
        }
        return message.contains("timed out") ? "the target does not answer any more" : message;
    }

    /** Java's own reason is the innermost: {@code unable to find valid certification path to requested target}. */
    private static String tlsReason(Throwable error) {
        Throwable innermost = error;
        while (innermost.getCause() != null) {
            innermost = innermost.getCause();
        }
        String reason = String.valueOf(innermost.getMessage());
        if (reason.contains("fatal alert")
                && (reason.contains("certificate") || reason.contains("handshake_failure"))) {
            return "TLS: the target refused our certificate, or that we show none (cert and key): " + reason;
        }
        return "TLS: " + reason;
    }
}
