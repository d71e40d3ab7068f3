package logyard.kato.log.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import logyard.kato.log.app.Overlap.Split;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OverlapTest {
    private static List<String> lines(String letters) {
        return letters == null
                ? List.of()
                : letters.chars().mapToObj(c -> String.valueOf((char) c)).toList();
    }

    @ParameterizedTest(name = "kept {0}, live {1}: {2} are older, {3} are known")
    @CsvSource({
        "abc,,0,0",
        ",abc,0,0",
        "abc,cde,0,1",
        "abc,de,0,0",
        "abc,bc,0,2",
        "abcd,bc,0,2",
        "cde,abcdef,2,5",
        "cde,abc,2,3",
        "abc,abc,0,3",
        "ab,a,0,1",
        "xab,xcd,0,0",
        "xaa,aay,0,2",
        "xaba,aba,0,3",
        "xaba,abc,0,1"
    })
    void tellsWhatOfTheLiveOnesIsNew(String kept, String live, int older, int known) {
        assertThat(new Overlap(lines(kept)).split(lines(live))).isEqualTo(new Split(older, known));
    }

    @ParameterizedTest(name = "kept {0}, live {1}, then {2}: new are {3}")
    @CsvSource({
        "abcd,bc,def,ef",
        "abcd,bc,ef,ef",
        "abcd,bc,xd,xd",
        "abc,,bcd,d",
        "abc,,def,def",
        "aaa,,aaab,b",
        "abc,bcd,bcd,bcd",
        ",,ab,ab"
    })
    void tellsWhetherTheNextOnesAreNew(String kept, String live, String then, String fresh) {
        var overlap = new Overlap(lines(kept));
        overlap.split(lines(live));

        assertThat(lines(then).stream().filter(overlap::isNew)).containsExactlyElementsOf(lines(fresh));
    }

    /** Whatever parts of a sequence are kept and came live, as long as no two lines are equal: nothing is missing or repeated. */
    @Test
    void nothingIsMissingOrRepeated() {
        var random = new Random(7);
        for (int round = 0; round < 20_000; round++) {
            int keptFrom = random.nextInt(20);
            int keptTo = keptFrom + random.nextInt(20);
            int liveFrom = random.nextInt(keptTo + 1);
            int read = liveFrom + random.nextInt(20);
            int end = Math.max(read, keptTo) + random.nextInt(5);
            List<String> kept = sequence(keptFrom, keptTo);
            List<String> live = sequence(liveFrom, read);

            var overlap = new Overlap(kept);
            Split split = overlap.split(live);
            List<String> all = new ArrayList<>(live.subList(0, split.older()));
            all.addAll(kept);
            all.addAll(live.subList(split.known(), live.size()));
            sequence(read, end).stream().filter(overlap::isNew).forEach(all::add);

            boolean isLiveOlder = liveFrom < read && liveFrom < keptFrom;
            if (keptFrom < keptTo && read > keptFrom) { // else the stream would have begun after it was read
                assertThat(all)
                        .as("kept %d-%d, live %d-%d-%d", keptFrom, keptTo, liveFrom, read, end)
                        .containsExactlyElementsOf(sequence(isLiveOlder ? liveFrom : keptFrom, end));
            }
        }
    }

    private static List<String> sequence(int from, int to) {
        List<String> sequence = new ArrayList<>();
        for (int i = from; i < to; i++) {
            sequence.add("line " + i);
        }
        return sequence;
    }
}
