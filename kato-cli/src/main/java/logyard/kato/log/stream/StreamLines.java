package logyard.kato.log.stream;

import java.util.Optional;
import logyard.kato.log.gap.Attendance;
import logyard.kato.log.line.LineRenderer;

/**
 * What the nodes send, printed, with a word about each that goes and returns. A node is known by what its events say, and
 * before its first one by the address that it connects from. Any thread.
 */
final class StreamLines implements LineServer.Lines {
    private final LiveEvents printer;
    private final Attendance attendance;

    StreamLines(LiveEvents printer, Attendance attendance) {
        this.printer = printer;
        this.attendance = attendance;
    }

    @Override
    public LineServer.Sender connected(String address) {
        attendance.came(address);
        return new NodeSender(address);
    }

    @Override
    public void notice(String text) {
        printer.notice(text);
    }

    private final class NodeSender implements LineServer.Sender {
        private String node;
        private boolean isKnown;

        private NodeSender(String address) {
            this.node = address;
        }

        @Override
        public void line(String line) {
            if (!isKnown) {
                Optional<String> said = LineRenderer.node(line);
                isKnown = said.isPresent();
                said.filter(name -> !name.equals(node)).ifPresent(name -> {
                    node = name;
                    attendance.came(name);
                });
            }
            printer.line(line);
        }

        @Override
        public void left() {
            attendance.left(node);
        }
    }
}
