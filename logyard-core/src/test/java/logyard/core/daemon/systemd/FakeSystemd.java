package logyard.core.daemon.systemd;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import logyard.core.bus.PythonZmq;

/** The socket to which a service tells how it is, served by Python. One thread. */
public final class FakeSystemd implements AutoCloseable {
    private static final String SCRIPT = """
            import socket as sockets
            address = sys.argv[1]
            manager = sockets.socket(sockets.AF_UNIX, sockets.SOCK_DGRAM)
            manager.bind(chr(0) + address[1:] if address[0] == '@' else address)
            say('bound')
            while True:
                say(manager.recv(4096).decode().replace(chr(10), ' | '))
            """;

    private final PythonZmq python;

    /** @param address a path, or {@code @} and a name, as in {@code NOTIFY_SOCKET} */
    public FakeSystemd(String address) {
        python = PythonZmq.start(SCRIPT, address);
        assertThat(python.line()).isEqualTo("bound");
    }

    /** The next it is told; lines of one message are separated by {@code " | "}. */
    public String next() {
        return python.line();
    }

    /** Reads on to the next message of that text; returns what came before it. */
    public List<String> readTo(String message) {
        List<String> before = new ArrayList<>();
        for (String next = next(); !next.equals(message); next = next()) {
            before.add(next);
        }
        return before;
    }

    @Override
    public void close() {
        python.close();
    }
}
