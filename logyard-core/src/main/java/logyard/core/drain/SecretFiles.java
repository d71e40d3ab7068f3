package logyard.core.drain;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** What a drain's URI names instead of holding it: files of one folder, {@code drain.secrets_dir}. */
public final class SecretFiles {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,127}");
    private static final int MAX_BYTES = 256 << 10;

    private SecretFiles() {}

    /**
     * Refuses what could lead out of the folder.
     *
     * @param what is named so, such as {@code secret}
     */
    public static String requireName(String what, String name) {
        if (!NAME.matcher(name).matches()) {
            throw new InvalidDrainException(
                    what + " must be the name of a file in drain.secrets_dir: letters, digits, . _ and -"
                            + (what.equals("secret") ? ", which this is not" : ", got \"" + name + "\""));
        }
        return name;
    }

    /** The content of a file. May wait. */
    public static byte[] bytes(Path folder, String name) throws IOException {
        Path file = folder.resolve(name);
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new IOException(file + " is larger than " + MAX_BYTES + " bytes");
            }
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new IOException("the secret " + file + " does not exist on this node", e);
        } catch (AccessDeniedException e) {
            throw new IOException("the secret " + file + " may not be read by " + System.getProperty("user.name"), e);
        }
    }

    /** The first line of a file. May wait. */
    public static String line(Path folder, String name) throws IOException {
        String text = new String(bytes(folder, name), StandardCharsets.UTF_8);
        String line = text.lines().findFirst().orElse("");
        if (line.isEmpty()) {
            throw new IOException("the secret " + folder.resolve(name) + " is empty");
        }
        return line;
    }
}
