package logyard.core.sieve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import logyard.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegexLimitTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "(((a{30}){30}){30}){30}",
                "((a{1000}){1000})",
                "((([ab]{0,100}){2,100}){3})",
                "\\Q[\\E((a{1000}){1000})]",
                "[^]]((a{1000}){1000})]",
                "[[:alpha:]]((a{1000}){1000})]",
                "[\\]]((a{1000}){1000})]",
                "(a\\{{500}){500}",
                "(?:\\x{41}{900}){900}",
                "(.{999}|.{999}|.{999})"
            })
    void refusesWhatWouldBecomeTooLarge(String regex) {
        assertThatThrownBy(() -> RegexLimit.compile(regex))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("regex is too large");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
                "((\\d{1,3}\\.){3}\\d{1,3}) - (.+)$",
                "a{,5}",
                "a{x}",
                "{",
                "[{1000}{1000}{1000}]",
                "a\\{1000\\}\\{1000\\}",
                "\\Qa{1000}{1000}\\E",
                "^\\[[^\\]]+\\] (\\w+) .+ Successfully"
            })
    void takesWhatOperatorsWrite(String regex) {
        assertThat(RegexLimit.compile(regex).pattern()).isEqualTo(regex);
    }

    @ParameterizedTest
    @ValueSource(strings = {"(", "a)", "[", "*", "a{1001}", "(?=a)", "(a)\\1", "\\", "a**", "[[:x:]]"})
    void saysWhatIsNoRegex(String regex) {
        assertThatThrownBy(() -> RegexLimit.compile(regex))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("regex is none that RE2 knows: ");
    }

    @Test
    void refusesWhatIsTooLongOrTooDeep() {
        String longRegex = "ab".repeat(3000);
        String deep = "(".repeat(2000) + ")".repeat(2000);

        assertThatThrownBy(() -> RegexLimit.compile(longRegex))
                .hasMessage("regex must have 4000 characters at most, got 6000");
        assertThatThrownBy(() -> RegexLimit.compile(deep))
                .hasMessage("regex must have 100 groups within each other at most");
    }
}
