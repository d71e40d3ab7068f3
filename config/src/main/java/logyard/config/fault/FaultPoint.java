package logyard.config.fault;

import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import logyard.config.ConfigException;
import org.jspecify.annotations.Nullable;

/**
 * Where this process is to die, by the property {@code logyard.fault}: {@code <step>[@<end of a file's name>][:<time>]},
 * such as {@code records-synced}, {@code file-renamed@cursors.json} or {@code segment-removed:3}. For tests; {@code
 * packaging/proof.sh} uses it.
 *
 * @param step after which it dies
 * @param file how the name of the file of that step ends; any if empty
 * @param time at which one of those it dies, the first is 1
 */
public record FaultPoint(DurableStep step, String file, int time) {
    /** The property that names it. */
    public static final String PROPERTY = "logyard.fault";

    private static final Pattern FORM = Pattern.compile("([a-z-]+)(?:@([^:]+))?(?::([1-9]\\d{0,8}))?");
    private static final int KILLED = 128 + 9;

    private static final Optional<FaultPoint> OF_PROCESS = usable(System.getProperty(PROPERTY, ""));
    private static final AtomicInteger LEFT =
            new AtomicInteger(OF_PROCESS.map(FaultPoint::time).orElse(0));

    /** A constant to the compiler of the JVM, so that nothing is left of the question where nobody asked for a fault. */
    static final @Nullable DurableStep STEP = OF_PROCESS.map(FaultPoint::step).orElse(null);

    /**
     * Reads the property's value.
     *
     * @throws ConfigException if there is no such step
     */
    public static FaultPoint parse(String text) {
        Matcher form = FORM.matcher(text);
        Optional<DurableStep> step = form.matches() ? DurableStep.of(form.group(1)) : Optional.empty();
        if (step.isEmpty()) {
            throw new ConfigException(PROPERTY + " must be <step>[@<file>][:<time>] with one of the steps "
                    + Arrays.stream(DurableStep.values())
                            .map(DurableStep::label)
                            .collect(Collectors.joining(", "))
                    + ", got \"" + text + "\"");
        }
        String file = form.group(2) == null ? "" : form.group(2);
        return new FaultPoint(step.get(), file, form.group(3) == null ? 1 : Integer.parseInt(form.group(3)));
    }

    /**
     * Where this process is to die; empty if it is not.
     *
     * @throws ConfigException if the property names no such place
     */
    public static Optional<FaultPoint> ofProcess() {
        String text = System.getProperty(PROPERTY, "");
        return text.isEmpty() ? Optional.empty() : Optional.of(parse(text));
    }

    private static Optional<FaultPoint> usable(String text) {
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(parse(text));
        } catch (ConfigException e) {
            return Optional.empty(); // refused at the start of the daemon
        }
    }

    static void reached(String fileName) {
        boolean isIt =
                OF_PROCESS.map(FaultPoint::file).filter(fileName::endsWith).isPresent();
        if (isIt && LEFT.decrementAndGet() == 0) {
            System.err.println("Killing this process, as " + PROPERTY + "=" + System.getProperty(PROPERTY) + " says");
            die();
        }
    }

    /** By a signal that stops every thread where it is; Java has it, but not in its documented part. */
    private static void die() {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Object kill = signal.getConstructor(String.class).newInstance("KILL");
            signal.getMethod("raise", signal).invoke(null, kill);
        } catch (ReflectiveOperationException | RuntimeException e) {
            // not in this JVM
        }
        Runtime.getRuntime().halt(KILLED);
    }

    @Override
    public String toString() {
        return step.label() + (file.isEmpty() ? "" : "@" + file) + ":" + time;
    }
}
