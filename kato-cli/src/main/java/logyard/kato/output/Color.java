package logyard.kato.output;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * A colour in both palettes that terminals have (spec 07 §6.4).
 *
 * @param of256 its number among 256
 * @param of16 its number among 16, of which the upper eight are the bold ones
 */
public record Color(int of256, int of16) {
    /** What the terminal shows where no colour is asked for. */
    public static final Color DEFAULT = new Color(-1, -1);

    public static final Color BLACK = new Color(0, 0);
    public static final Color RED = new Color(cube(5, 0, 0), 9);
    public static final Color YELLOW = new Color(cube(5, 5, 0), 11);
    public static final Color BLUE = new Color(cube(0, 0, 5), 12);
    public static final Color MAGENTA = new Color(cube(5, 0, 5), 13);
    public static final Color DARK_CYAN = new Color(cube(0, 4, 4), 14);
    public static final Color WHITE = new Color(cube(5, 5, 5), 15);
    public static final Color GRAY = new Color(cube(2, 2, 2), 8);

    /** The colour that goes with a name, always the same one, and none that is black, white or gray. */
    public static Color of(String name) {
        int sum = 0;
        for (byte b : sha1(name)) {
            sum += b & 0xff;
        }
        int of16 = sum % 16;
        return new Color(
                20 + sum % 210,
                switch (of16) {
                    case 0, 8 -> of16 + 1;
                    case 7, 15 -> of16 - 1;
                    default -> of16;
                });
    }

    private static int cube(int red, int green, int blue) {
        return 16 + 36 * red + 6 * green + blue;
    }

    private static byte[] sha1(String name) {
        try {
            return MessageDigest.getInstance("SHA-1").digest(name.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }
}
