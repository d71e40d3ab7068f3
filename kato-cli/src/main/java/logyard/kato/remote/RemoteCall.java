package logyard.kato.remote;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A command as a program sends it, {@code {"subcommand":"add","arguments":["-uri","udp://h:1","x"]}}.
 *
 * @param subcommand of {@code logyard-cli}
 * @param arguments behind it
 */
record RemoteCall(String subcommand, List<String> arguments) {
    private static final ObjectReader JSON = JsonMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build()
            .readerFor(JsonNode.class);

    /** Answers are JSON anyway. */
    private static final String JSON_FLAG = "json";

    private static final Set<String> HELP_FLAGS = Set.of("h", "help");

    /** Who has no token could read all passwords, and who has it, too, in answers that others may log. */
    private static final String SECRETS_FLAG = "show-secrets";

    RemoteCall {
        arguments = List.copyOf(arguments);
    }

    /**
     * Reads it.
     *
     * @param allowed which subcommands there are
     * @throws RefusedException if it is none, or asks for what it must not
     */
    static RemoteCall read(byte[] body, Set<String> allowed) throws RefusedException {
        JsonNode json = parse(body);
        JsonNode subcommand = json.path("subcommand");
        if (!subcommand.isTextual()) {
            throw new RefusedException(
                    "the body must be {\"subcommand\":\"…\",\"arguments\":[…]}, it has no subcommand");
        }
        if (!allowed.contains(subcommand.textValue())) {
            throw new RefusedException("no such subcommand here: \"" + subcommand.textValue() + "\"; there are "
                    + String.join(", ", allowed));
        }
        List<String> arguments = new ArrayList<>();
        JsonNode given = json.path("arguments");
        if (!given.isMissingNode() && !given.isNull() && !given.isArray()) {
            throw new RefusedException("arguments must be a list of texts");
        }
        for (JsonNode argument : given) {
            if (!argument.isTextual()) {
                throw new RefusedException("arguments must be a list of texts, it holds " + argument);
            }
            refuseFlag(argument.textValue());
            arguments.add(argument.textValue());
        }
        return new RemoteCall(subcommand.textValue(), arguments);
    }

    private static JsonNode parse(byte[] body) throws RefusedException {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw new RefusedException("the body is no JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new RefusedException("the body is no JSON");
        }
    }

    /** With one dash or two, and with a value or without. */
    private static void refuseFlag(String argument) throws RefusedException {
        String name =
                argument.startsWith("-") ? argument.replaceFirst("^--?", "").replaceFirst("=.*$", "") : "";
        if (name.equals(JSON_FLAG)) {
            throw new RefusedException("the argument " + argument + " is not needed: answers are JSON anyway");
        }
        if (HELP_FLAGS.contains(name)) {
            throw new RefusedException("there is no help here: man kato-remote");
        }
        if (name.equals(SECRETS_FLAG)) {
            throw new RefusedException(
                    "the argument " + argument + " is not allowed here: use logyard-cli on the node");
        }
    }

    /** Whether it changes something, and so is an action to be remembered. */
    boolean isChange() {
        return subcommand.equals("add") || subcommand.equals("delete");
    }

    /** It cannot be done as it is; the message says why. */
    static final class RefusedException extends Exception {
        private final String reason;

        private RefusedException(String reason) {
            super(reason, null, false, false);
            this.reason = reason;
        }

        String reason() {
            return reason;
        }
    }
}
