package logyard.apptail.root;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;
import java.util.Locale;

/**
 * The system calls that Java has no words for. Linux on x86-64 and arm64 only: elsewhere the flags have other
 * numbers.
 */
final class SystemCalls {
    /** The directory of this process: for paths that are absolute it does not matter. */
    static final int AT_FDCWD = -100;

    /** A name for what is there, not an open file: nothing is waited for, and no device is touched. */
    static final int O_PATH = 0x200000;

    static final int O_CLOEXEC = 0x80000;
    static final int O_NONBLOCK = 0x800;
    static final int O_RDONLY = 0;
    static final int O_DIRECTORY;
    static final int O_NOFOLLOW;

    /** {@code openat2}, of Linux 5.6: the same number on both architectures, and in C without a name before glibc 2.43. */
    static final long OPENAT2 = 437;

    /** From {@code linux/openat2.h}: a way with a link in it is refused with {@link #ELOOP}. */
    static final long RESOLVE_NO_SYMLINKS = 0x04;

    /** From {@code linux/openat2.h}: so is one that leads out of the directory where it begins, with {@code EXDEV}. */
    static final long RESOLVE_BENEATH = 0x08;

    /** From {@code errno-base.h}: the same on every architecture. */
    static final int ENOENT = 2;

    static final int EACCES = 13;
    static final int ENOTDIR = 20;
    static final int EINVAL = 22;

    /** From {@code errno.h}: too many links; also what a link gives that is not to be followed. */
    static final int ELOOP = 40;

    static {
        String architecture = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
        switch (architecture) {
            case "amd64", "x86_64" -> {
                O_DIRECTORY = 0x10000;
                O_NOFOLLOW = 0x20000;
            }
            case "aarch64" -> {
                O_DIRECTORY = 0x4000;
                O_NOFOLLOW = 0x8000;
            }
            default ->
                throw new UnsupportedOperationException(
                        "apptail runs on Linux on x86-64 and arm64, not on " + architecture);
        }
        Native.register(SystemCalls.class, "c");
    }

    private SystemCalls() {}

    /** Opens a path below an open directory; bytes end with NUL. */
    static native int openat(int directory, byte[] path, int flags) throws LastErrorException;

    /** Any system call of this form, by its number. */
    static native long syscall(long number, long directory, byte[] path, byte[] how, long size)
            throws LastErrorException;

    /** What a link says, without NUL; returns its length, or that of the buffer if it is longer. */
    static native long readlinkat(int directory, byte[] path, byte[] buffer, long size) throws LastErrorException;

    /** Of which file system a file is: the buffer begins with its type, 8 bytes, and is larger than the rest. */
    static native int fstatfs(int descriptor, byte[] buffer) throws LastErrorException;

    static native int close(int descriptor);
}
