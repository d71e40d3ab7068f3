package logyard.drains.redis;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/** Asks a Redis what it has, by other means than those under test. */
final class RedisClient implements AutoCloseable {
    private final Socket socket;
    private final InputStream in;

    RedisClient(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(60_000);
        in = new BufferedInputStream(socket.getInputStream());
    }

    /** The answer: text, a number, bytes, a list, or an error as text that begins with a dash. */
    Object call(String... command) throws IOException {
        var out = new ByteArrayOutputStream();
        out.writeBytes(("*" + command.length + "\r\n").getBytes(UTF_8));
        for (String argument : command) {
            byte[] bytes = argument.getBytes(UTF_8);
            out.writeBytes(("$" + bytes.length + "\r\n").getBytes(UTF_8));
            out.writeBytes(bytes);
            out.writeBytes("\r\n".getBytes(UTF_8));
        }
        socket.getOutputStream().write(out.toByteArray());
        return answer();
    }

    private Object answer() throws IOException {
        String line = line();
        String rest = line.substring(1);
        return switch (line.charAt(0)) {
            case ':' -> Long.valueOf(rest);
            case '$' -> bulk(Integer.parseInt(rest));
            case '*' -> array(Integer.parseInt(rest));
            default -> line;
        };
    }

    private byte[] bulk(int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        line();
        return bytes;
    }

    private List<Object> array(int length) throws IOException {
        List<Object> list = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            list.add(answer());
        }
        return list;
    }

    private String line() throws IOException {
        var line = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\r'; b = in.read()) {
            if (b < 0) {
                throw new EOFException("Redis closed the connection");
            }
            line.write(b);
        }
        in.read();
        return line.toString(ISO_8859_1);
    }

    /** The elements of a list, the newest first. */
    List<byte[]> bytes(String key) throws IOException {
        List<byte[]> elements = new ArrayList<>();
        for (Object element : (List<?>) call("LRANGE", key, "0", "-1")) {
            elements.add((byte[]) element);
        }
        return elements;
    }

    /** The same as text. */
    List<String> list(String key) throws IOException {
        return bytes(key).stream().map(element -> new String(element, UTF_8)).toList();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
