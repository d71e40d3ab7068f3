package logyard.core.tail.file;

import static logyard.core.tail.file.FileStatus.UNKNOWN_BIRTH;

/**
 * Which file this is, whatever its name is now, and also after a restart.
 *
 * <p>While we hold a file open, device and inode are enough. Later they are not: an inode is given away again as soon as
 * its file is gone, and devices are numbered anew at a reboot. Then birth and beginning decide.
 *
 * @param birth nanoseconds since 1970, or {@link FileStatus#UNKNOWN_BIRTH}
 * @param start how the file began when last read
 */
public record FileIdentity(long device, long inode, long birth, Fingerprint start) {
    public static FileIdentity of(FileStatus status, Fingerprint start) {
        return new FileIdentity(status.device(), status.inode(), status.birth(), start);
    }

    /** Whether this file, which we hold open, is the one seen. */
    public boolean isFile(FileStatus seen) {
        return inode == seen.inode() && device == seen.device() && seen.isRegular();
    }

    /** Whether a file seen after a restart may be this one; its beginning has the last word. */
    public boolean mayBe(FileStatus seen) {
        boolean birthsKnown = birth != UNKNOWN_BIRTH && seen.birth() != UNKNOWN_BIRTH;
        return seen.isRegular()
                && inode == seen.inode()
                && (birthsKnown ? birth == seen.birth() : device == seen.device());
    }

    /** This file with what a later look has shown: a birth is recognizable only after the first change. */
    public FileIdentity seenAs(FileStatus seen) {
        return birth == UNKNOWN_BIRTH ? new FileIdentity(device, inode, seen.birth(), start) : this;
    }

    public FileIdentity startingWith(Fingerprint fingerprint) {
        return new FileIdentity(device, inode, birth, fingerprint);
    }
}
