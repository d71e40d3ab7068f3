package logyard.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RandomLivesTest {
    private static List<Integer> numbers(Random random) {
        return IntStream.range(0, 200).map(i -> random.nextInt(50)).boxed().toList();
    }

    /** Fails if a 7 comes some time before an 11; in another way if there are ten of 3. */
    private static void live(List<Integer> numbers) {
        int seven = numbers.indexOf(7);
        assertThat(seven >= 0 && numbers.lastIndexOf(11) > seven)
                .as("11 after 7")
                .isFalse();
        assertThat(numbers.stream().filter(number -> number == 3).count()).isLessThan(10);
    }

    @Test
    void tellsOnlyWhatIsNeededForAFailure() {
        assertThatThrownBy(() ->
                        new RandomLives<>("logyard.nothing", RandomLivesTest::numbers, RandomLivesTest::live).run(1))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("-Dlogyard.nothing.seed=0: of 200 actions these fail: [7, 11]:")
                .hasMessageContaining("11 after 7");
    }

    @Test
    void livesTheSameLivesAgain() {
        var first = new ArrayList<List<Integer>>();
        var second = new ArrayList<List<Integer>>();

        new RandomLives<>("logyard.nothing", RandomLivesTest::numbers, first::add).run(3);
        new RandomLives<>("logyard.nothing", RandomLivesTest::numbers, second::add).run(3);

        assertThat(first).hasSize(4);
        assertThat(second.subList(0, 3)).isEqualTo(first.subList(0, 3));
        assertThat(second.get(3)).isNotEqualTo(first.get(3));
    }
}
