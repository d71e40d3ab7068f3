package logyard.core.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import logyard.core.event.StreamPositions;
import logyard.core.journal.JournalDamage.Kind;

/** Looks for damage in every byte of a journal that is stopped. One use. */
final class JournalCheck {
    private final StoppedJournal journal;
    private final List<JournalDamage> found = new ArrayList<>();

    JournalCheck(StoppedJournal journal) {
        this.journal = journal;
    }

    List<JournalDamage> damages() throws IOException {
        List<SegmentList.Entry> entries = journal.entries();
        for (int i = 0; i < entries.size(); i++) {
            boolean isLast = i + 1 == entries.size();
            check(entries.get(i), isLast);
            if (!isLast) {
                checkEnd(entries.get(i), entries.get(i + 1).segment().base());
            }
        }
        if (StreamCheckpoint.look(journal.folder()).damaged() > 0) {
            file(Kind.STREAMS, StreamCheckpoint.file(journal.folder()));
        }
        return found;
    }

    private void check(SegmentList.Entry entry, boolean isLast) throws IOException {
        Segment segment = entry.segment();
        boolean isEmpty = entry.bytes() <= Segment.HEADER_BYTES; // made just before a crash
        if (!segment.hasHeader(StoppedJournal.DISK) && !(isLast && isEmpty)) {
            add(Kind.HEADER, segment, segment.base(), Math.min(segment.firstRecord(), entry.end()));
        }
        new SegmentScan(new StreamPositions()).read(StoppedJournal.DISK, entry, (in, from, to) -> {
            add(Kind.RECORDS, in, from, to);
        });
        markTornEnd(entry, isLast);
        if (SegmentSummary.look(segment).damaged() > 0) {
            file(Kind.SUMMARY, segment.summaryFile());
        }
    }

    private void markTornEnd(SegmentList.Entry entry, boolean isLast) throws IOException {
        JournalDamage last = found.isEmpty() ? null : found.get(found.size() - 1);
        if (isLast
                && last != null
                && last.kind() == Kind.RECORDS
                && last.to() == entry.end()
                && Recovery.isTorn(StoppedJournal.DISK, entry, last.from())) {
            found.remove(last);
            add(Kind.TORN_END, entry.segment(), last.from(), last.to());
        }
    }

    private void checkEnd(SegmentList.Entry entry, long nextBase) {
        long next = StoppedJournal.summary(entry).map(SegmentSummary::next).orElse(entry.end());
        if (entry.end() < nextBase && next != nextBase) {
            add(Kind.MISSING, entry.segment(), entry.end(), nextBase);
        }
    }

    private void add(Kind kind, Segment segment, long from, long to) {
        found.add(new JournalDamage(kind, segment.file(), segment.base(), from, to));
    }

    private void file(Kind kind, Path file) {
        found.add(new JournalDamage(kind, file, 0, 0, 0));
    }
}
