package logyard.core.tail.file;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * Which file this is, whatever its name is now, and also after a restart.
 *
 * <p>While we hold a file open, device and inode are enough. Later they are not: an inode is given away again as soon as
 * its file is gone, and devices are numbered anew at a reboot. Then birth and beginning decide.
 *
 * @param birth nanoseconds since 1970, or the time of the last change if it is not certain
 * @param start how the file began when last read
 */
public record FileIdentity(
        long device,
        long inode,
        long birth,
        @JsonProperty("birth_certain") boolean birthCertain,
        Fingerprint start) {
    public static FileIdentity of(FileStatus status, Fingerprint start) {
        return new FileIdentity(status.device(), status.inode(), status.birth(), status.isBirthCertain(), start);
    }

    /** Whether this file, which we hold open, is the one seen. */
    public boolean isFile(FileStatus seen) {
        return inode == seen.inode() && device == seen.device() && seen.isRegular();
    }

    /**
     * Whether a file seen after a restart may be this one; its beginning has the last word. A birth that was not certain
     * may be now, where another Java asks for it: it is earlier than what was taken for it then, the last change.
     */
    public boolean mayBe(FileStatus seen) {
        boolean uncertain = !birthCertain && (!seen.isBirthCertain() || seen.birth() < birth);
        boolean tellable = uncertain && start.length() > 0 && device == seen.device();
        return seen.isRegular() && inode == seen.inode() && (birth == seen.birth() || tellable);
    }

    /** This file with what a later look has shown: a birth is certain only after the first change. */
    public FileIdentity seenAs(FileStatus seen) {
        return birthCertain ? this : of(seen, start);
    }

    public FileIdentity startingWith(Fingerprint fingerprint) {
        return new FileIdentity(device, inode, birth, birthCertain, fingerprint);
    }
}
