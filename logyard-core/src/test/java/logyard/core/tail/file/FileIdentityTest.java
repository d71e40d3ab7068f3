package logyard.core.tail.file;

import static org.assertj.core.api.Assertions.assertThat;

import logyard.core.tail.file.FileStatus.Kind;
import org.junit.jupiter.api.Test;

class FileIdentityTest {
    private static final Fingerprint START = new Fingerprint(5, 42);

    @Test
    void deviceAndInodeAreEnoughForAFileHeldOpen() {
        FileIdentity identity = FileIdentity.of(file(1, 2, 100, 200), START);

        assertThat(identity.isFile(file(1, 2, 100, 300))).isTrue();
        assertThat(identity.isFile(file(1, 3, 100, 300))).isFalse();
        assertThat(identity.isFile(file(2, 2, 100, 300))).isFalse();
        assertThat(identity.isFile(FileStatus.ABSENT)).isFalse();
    }

    @Test
    void anInodeGivenAwayAgainIsToldByItsBirth() {
        FileIdentity identity = FileIdentity.of(file(1, 2, 100, 200), START);

        assertThat(identity.mayBe(file(1, 2, 100, 300))).isTrue();
        assertThat(identity.mayBe(file(1, 2, 150, 300))).isFalse();
    }

    @Test
    void aDeviceMayHaveAnotherNumberAfterAReboot() {
        FileIdentity identity = FileIdentity.of(file(1, 2, 100, 200), START);

        assertThat(identity.mayBe(file(9, 2, 100, 300))).isTrue();
    }

    @Test
    void whereTheFileSystemTellsNoBirthTheBeginningMustDecide() {
        FileIdentity identity = FileIdentity.of(file(1, 2, 200, 200), START);
        FileIdentity empty = FileIdentity.of(file(1, 2, 200, 200), Fingerprint.NONE);

        assertThat(identity.mayBe(file(1, 2, 300, 300))).isTrue();
        assertThat(identity.mayBe(file(9, 2, 300, 300))).isFalse();
        assertThat(empty.mayBe(file(1, 2, 300, 300))).isFalse();
        assertThat(empty.mayBe(file(1, 2, 200, 200))).isTrue();
    }

    /** JDK 17.0.2 does not ask for births, 17.0.15 does. */
    @Test
    void anotherJavaMayTellTheBirth() {
        FileIdentity identity = FileIdentity.of(file(1, 2, 200, 200), START);

        assertThat(identity.mayBe(file(1, 2, 100, 300))).isTrue();
        assertThat(identity.mayBe(file(9, 2, 100, 300))).isFalse();
        assertThat(identity.mayBe(file(1, 2, 250, 300)))
                .as("a file that was made later")
                .isFalse();
    }

    @Test
    void aBirthBecomesCertainWithTheFirstChange() {
        FileIdentity identity = FileIdentity.of(file(1, 2, 100, 100), START);
        assertThat(identity.birthCertain()).isFalse();

        FileIdentity later = identity.seenAs(file(1, 2, 100, 200));

        assertThat(later.birthCertain()).isTrue();
        assertThat(later.start()).isEqualTo(START);
        assertThat(later.seenAs(file(1, 2, 300, 300))).isEqualTo(later);
    }

    @Test
    void aBirthOfZeroIsNone() {
        assertThat(file(1, 2, 0, 100).isBirthCertain()).isFalse();
    }

    private static FileStatus file(long device, long inode, long birth, long modified) {
        return new FileStatus(Kind.REGULAR, device, inode, birth, modified, 10, 1);
    }
}
