package logyard.kato.log.stream;

import com.google.re2j.Pattern;
import java.time.Clock;
import java.time.Instant;
import logyard.config.ConfigException;
import logyard.core.drain.DrainSpec;
import logyard.core.sieve.RegexLimit;
import logyard.core.template.InvalidTemplateException;
import logyard.core.template.Template;
import logyard.core.template.TemplateOption;
import logyard.kato.command.GivenTime;
import logyard.kato.log.line.Severity;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Makes of the values of options what they mean, before anything else is done. */
final class Typed {
    private Typed() {}

    /** A regex in RE2, so that no line can hold the stream up. */
    static final class Regex implements ITypeConverter<Pattern> {
        @Override
        public Pattern convert(String value) {
            try {
                return RegexLimit.compile(value);
            } catch (ConfigException e) {
                throw new TypeConversionException("\"" + value + "\": " + e.getMessage());
            }
        }
    }

    /** A time in the past, or how long ago. */
    static final class Time implements ITypeConverter<Instant> {
        @Override
        public Instant convert(String value) {
            Clock clock = Clock.systemUTC();
            try {
                Instant time = GivenTime.parse(value, clock);
                if (time.isAfter(clock.instant())) {
                    throw new TypeConversionException(
                            "must be a time in the past, or how long ago, such as 10m, got \"" + value + "\"");
                }
                return time;
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(String.valueOf(e.getMessage()));
            }
        }
    }

    /** How many lines of the past. */
    static final class LineCount implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String value) {
            if (value.matches("\\d{1,6}")) {
                int count = Integer.parseInt(value);
                if (count > 0 && count <= DrainSpec.MOST_LAST) {
                    return count;
                }
            }
            throw new TypeConversionException(
                    "must be a number from 1 to " + DrainSpec.MOST_LAST + ", got \"" + value + "\"");
        }
    }

    /** {@code ERROR} or {@code WARN}. */
    static final class Least implements ITypeConverter<Severity> {
        @Override
        public Severity convert(String value) {
            return Severity.named(value)
                    .orElseThrow(() -> new TypeConversionException("must be ERROR or WARN, got \"" + value + "\""));
        }
    }

    /** A template that shows something of an event. */
    static final class LineTemplate implements ITypeConverter<Template> {
        @Override
        public Template convert(String value) {
            if (!value.contains("{{")) {
                throw new TypeConversionException(
                        "\"" + value + "\" holds no field such as {{.text}}: each line would be the same");
            }
            try {
                return Template.parse("line", value, TemplateOption.OLD_FIELD_NAMES, TemplateOption.ONE_LINE);
            } catch (InvalidTemplateException e) {
                throw new TypeConversionException("\"" + value + "\": " + e.getMessage());
            }
        }
    }
}
