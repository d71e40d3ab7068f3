package logyard.core.tail;

import logyard.core.tail.file.FileChanges;
import logyard.core.tail.file.OpenFile;
import logyard.core.tail.position.Positions;

/** What all followed paths of one tailer share; belongs to the tail thread. */
record TailContext(
        LineHandler handler,
        Positions positions,
        FileChanges changes,
        FileSearch search,
        FileSearch.Opener opener,
        StreamReader reader,
        Counters counters) {
    static TailContext of(LineHandler handler, Positions positions, FileChanges changes, FileSearch.Opener opener) {
        var counters = new Counters();
        return new TailContext(
                handler,
                positions,
                changes,
                new FileSearch(opener),
                opener,
                new StreamReader(handler, counters),
                counters);
    }

    static TailContext of(LineHandler handler, Positions positions, FileChanges changes) {
        return of(handler, positions, changes, OpenFile::open);
    }
}
