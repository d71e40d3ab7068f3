package logyard.proof.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** An oracle that overlooks something proves nothing. */
class AccountTest {
    private final Account account = new Account();

    private void takeText(String text) {
        account.take(new ObjectMapper()
                .createObjectNode()
                .put("text", text)
                .put("unix_time", 7)
                .toString());
    }

    private void takeLine(int number) {
        takeText(new Line("app", number).text());
    }

    @Test
    void countsWhatArrivedComesAgainAndIsMissing() {
        takeLine(0);
        takeLine(3);
        takeLine(2);
        takeLine(3);

        assertThat(account.delivered()).isEqualTo(3);
        assertThat(account.repeated()).isEqualTo(1);
        assertThat(account.repeatedBytes()).isPositive();
        assertThat(account.outOfOrder()).isEqualTo(1);
        assertThat(account.missing("app", 6, 10)).containsExactly(1, 4, 5);
        assertThat(account.missing("web", 2, 10)).containsExactly(0, 1);
        assertThat(account.corrupted() + account.foreign()).isZero();
    }

    @Test
    void aLineThatDiffersInOneCharacterIsCorruptedAndDidNotArrive() {
        String text = new Line("app", 5).text();

        takeText(text.replaceFirst(" [a-z]", " X"));
        takeText(text.replace(" .", ""));
        takeText(text + " ");

        assertThat(account.corrupted()).isEqualTo(3);
        assertThat(account.delivered()).isZero();
        assertThat(account.examples()).hasSize(3);
    }

    @Test
    void whatNobodyWroteIsForeign() {
        takeText("hello");
        account.take("no JSON");
        takeLine(4);

        assertThat(account.foreign()).isEqualTo(2);
        assertThat(account.unwritten(Map.of("app", 4))).isEqualTo(1);
        assertThat(account.unwritten(Map.of("app", 5))).isZero();
    }

    @Test
    void aNoticeThatIsSentAgainCountsOnce() {
        String notice =
                "{\"text\":\"12 messages dropped\",\"type\":\"messages_dropped\",\"info\":{\"dropped\":{\"evicted\":10,\"damaged\":2}}}";

        account.take(notice);
        account.take(notice);
        account.take(notice.replace("10", "3"));

        assertThat(account.announced()).isEqualTo(12 + 5);
        assertThat(account.foreign()).isZero();
    }

    @Test
    void recoveryIsTheTimeUntilALineArrivesThatWasWrittenAfterTheFault() {
        account.faultHappened("app", 10);
        takeLine(9);
        assertThat(account.recoveries()).isEmpty();

        takeLine(10);

        assertThat(account.recoveries())
                .singleElement()
                .satisfies(time -> assertThat(time).isPositive());
    }

    @Test
    void linesHaveWhatIsHardToKeep() {
        String text = String.join(
                "",
                java.util.stream.IntStream.range(0, 50)
                        .mapToObj(number -> new Line("app", number).text())
                        .toList());

        assertThat(text).contains("\"", "\\", "\t", "ï", "€", "漢", "🦊");
    }
}
