package logyard.core.daemon;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A network such as {@code 169.254.0.0/16} or {@code fe80::/10}, or one address. Immutable. */
public final class IpNetwork {
    private static final Pattern TEXT = Pattern.compile("([0-9a-fA-F:.]+)(?:/(\\d{1,3}))?");
    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(?:\\.\\d{1,3}){3}");

    private final String text;
    private final byte[] address;
    private final int bits;

    private IpNetwork(String text, byte[] address, int bits) {
        this.text = text;
        this.address = address;
        this.bits = bits;
    }

    /** What is written so; empty if it is none. Looks no name up. */
    public static Optional<IpNetwork> parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        return address(matcher.group(1)).flatMap(address -> {
            int longest = Byte.SIZE * address.length;
            int bits = matcher.group(2) == null ? longest : Integer.parseInt(matcher.group(2));
            return bits <= longest ? Optional.of(new IpNetwork(text, address, bits)) : Optional.empty();
        });
    }

    /**
     * The bytes of an address, 4 of IPv4 and of IPv4 in IPv6, else 16; empty if the text is none. Looks no name up.
     */
    public static Optional<byte[]> address(String text) {
        if (!IPV4.matcher(text).matches() && text.indexOf(':') < 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(text).getAddress());
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    /** Whether an address, 4 or 16 bytes, is in it. */
    public boolean contains(byte[] other) {
        if (other.length != address.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            int mask = 0x80 >> (bit % Byte.SIZE);
            if (((address[bit / Byte.SIZE] ^ other[bit / Byte.SIZE]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }

    /** As it was written. */
    @Override
    public String toString() {
        return text;
    }
}
