package logyard.core.template.function;

import java.util.Locale;
import logyard.core.template.text.ByteOutput;
import logyard.core.template.text.Utf8;

/** What {@code html}, {@code js} and {@code urlquery} do to a text. */
final class Escapes {
    private Escapes() {}

    static void html(byte[] text, ByteOutput out) {
        for (byte b : text) {
            switch (b) {
                case '"' -> out.write("&#34;");
                case '\'' -> out.write("&#39;");
                case '&' -> out.write("&amp;");
                case '<' -> out.write("&lt;");
                case '>' -> out.write("&gt;");
                case 0 -> out.writeRune(Utf8.REPLACEMENT);
                default -> out.write(b);
            }
        }
    }

    static void js(byte[] text, ByteOutput out) {
        for (int i = 0; i < text.length; ) {
            int rune = Utf8.decode(text, i, text.length);
            int size = Utf8.size(rune);
            if (rune == '\\' || rune == '\'' || rune == '"') {
                out.write('\\');
                out.write(rune);
            } else if (rune == '<' || rune == '>' || rune == '&' || rune == '=' || (rune >= 0 && rune < ' ')) {
                writeUnicodeEscape(rune, out);
            } else if (rune >= 0x80 && !Utf8.isPrintable(rune)) {
                writeUnicodeEscape(rune, out);
            } else {
                out.write(text, i, size);
            }
            i += size;
        }
    }

    static void urlQuery(byte[] text, ByteOutput out) {
        for (byte b : text) {
            if (isUnreserved(b)) {
                out.write(b);
            } else if (b == ' ') {
                out.write('+');
            } else {
                out.write(String.format(Locale.ROOT, "%%%02X", b & 0xFF));
            }
        }
    }

    private static boolean isUnreserved(byte b) {
        return b >= 0 && (Character.isLetterOrDigit(b) || "-_.~".indexOf(b) >= 0);
    }

    private static void writeUnicodeEscape(int rune, ByteOutput out) {
        out.write(String.format(Locale.ROOT, "\\u%04X", rune));
    }
}
