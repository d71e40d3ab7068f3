package logyard.core.template.format;

import java.nio.charset.StandardCharsets;
import logyard.core.template.text.ByteOutput;
import logyard.core.template.text.Utf8;

/** Writes something as wide as the flags ask for, counted in characters. */
final class Padding {
    private final Flags flags;
    private final ByteOutput out;

    Padding(Flags flags, ByteOutput out) {
        this.flags = flags;
        this.out = out;
    }

    void writeAscii(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        write(bytes, bytes.length);
    }

    /** Numbers bring their own leading zeros, so that the padding is of spaces. */
    void writeAsciiWithoutZeros(String text) {
        boolean zero = flags.zero;
        flags.zero = false;
        writeAscii(text);
        flags.zero = zero;
    }

    void write(byte[] text, int length) {
        if (flags.width == Flags.ABSENT) {
            out.write(text, 0, length);
            return;
        }
        int missing = flags.width - Utf8.count(text, 0, length);
        if (!flags.minus) {
            writeOnly(missing);
        }
        out.write(text, 0, length);
        if (flags.minus) {
            writeOnly(missing);
        }
    }

    /** Writes the padding alone; nothing if {@code count} is negative. */
    void writeOnly(int count) {
        out.fill(flags.zero ? '0' : ' ', count);
    }
}
