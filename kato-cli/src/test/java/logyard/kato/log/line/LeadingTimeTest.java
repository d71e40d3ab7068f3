package logyard.kato.log.line;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LeadingTimeTest {
    /** Spec 07 §16; the fourth and the last two as 09 F-83 has it. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "2013/04/18 10:15:02 INFO -- Starting systail|INFO -- Starting systail",
                "2013-04-18 10:15:02,123 INFO success: dea entered RUNNING state|INFO success: dea entered RUNNING state",
                "Apr 18 10:15:02 vm sshd[12]: Accepted publickey|vm sshd[12]: Accepted publickey",
                "Apr  8 10:15:02 vm sshd[12]: Accepted|vm sshd[12]: Accepted",
                "[2013-02-13 12:10:29.835830] cc - pid=18495 tid=3209 fid=5e01  DEBUG -- Login| DEBUG -- Login",
                "[2013-02-13 12:10:29] cc - pid=18495 DEBUG -- Login|DEBUG -- Login",
                "[2013-02-13 12:10:29] cc - a=1 b=2 c=3 d=4 Login|d=4 Login",
                "retrying since 2013/04/18 10:15:02 because of x|retrying since 2013/04/18 10:15:02 because of x",
                "2013/04/18 10:15:02 |2013/04/18 10:15:02 ",
                "2013/04/18 10:15:02|2013/04/18 10:15:02",
                "no time at all|no time at all"
            })
    void cutsOffTheTimeAtTheBeginning(String text, String stripped) {
        assertThat(LeadingTime.strip(text)).isEqualTo(stripped);
    }

    @Test
    @Timeout(60)
    void isNotHeldUpByALineThatAlmostHasATime() {
        String equals = "[x] y - " + "=".repeat(1 << 20);
        String digits = "1".repeat(1 << 20);
        String brackets = "[".repeat(1 << 20);

        assertThat(LeadingTime.strip(equals)).isSameAs(equals);
        assertThat(LeadingTime.strip(digits)).isSameAs(digits);
        assertThat(LeadingTime.strip(brackets)).isSameAs(brackets);
    }
}
