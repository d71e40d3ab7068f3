package logyard.drains.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static logyard.drains.Batches.on;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import logyard.core.drain.Drain;
import logyard.core.drain.DrainBatch;
import logyard.core.drain.DrainEnvironment;
import logyard.drains.Batches;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One drain against a real Redis. */
class RedisDrainIT {
    @TempDir
    Path folder;

    private final RedisDrainType type = new RedisDrainType();
    private final AtomicReference<String> core = new AtomicReference<>("127.0.0.1");
    private RedisServer server;
    private RedisClient redis;

    @BeforeEach
    void start() throws IOException {
        server = RedisServer.start(folder);
        redis = server.client();
    }

    @AfterEach
    void stop() throws Exception {
        type.close();
        redis.close();
        server.close();
    }

    private CompletableFuture<Drain> opening(String uri) {
        return type.open(Batches.spec(uri), new DrainEnvironment(List.of(), core::get, folder));
    }

    private Drain open(String parameters) throws Exception {
        return opening("redis://" + server.address() + parameters).get(60, SECONDS);
    }

    private static DrainBatch events(String... events) {
        return Batches.events(
                Stream.of(events).map(event -> event.getBytes(UTF_8)).toArray(byte[][]::new));
    }

    private static void write(Drain drain, DrainBatch batch) throws Exception {
        on(drain, () -> drain.write(batch)).get(60, SECONDS);
    }

    @Test
    void putsTheNewestEventFirst() throws Exception {
        Drain drain = open("?key=history");

        write(drain, Batches.of("1", "2"));
        write(drain, Batches.of("3"));

        assertThat(redis.list("history")).containsExactly("3\n", "2\n", "1\n");
    }

    @Test
    void keepsAsManyAsTheLimitSays() throws Exception {
        Drain drain = open("?key=history&limit=3");

        write(drain, Batches.of("1", "2"));
        write(drain, Batches.of("3", "4", "5"));

        assertThat(redis.list("history")).containsExactly("5\n", "4\n", "3\n");
    }

    @Test
    void keeps1500UnlessToldOtherwise() throws Exception {
        Drain drain = open("?key=history");

        write(drain, Batches.of(IntStream.range(0, 1600).mapToObj(i -> "" + i).toArray(String[]::new)));

        assertThat(redis.list("history")).hasSize(1500).startsWith("1599\n").endsWith("100\n");
    }

    @Test
    void putsEachEventIntoTheListOfItsKey() throws Exception {
        Drain drain = open("?limit=2");

        write(drain, events("apptail.a 1", "apptail.b 2", "apptail.a 3", "apptail.a 4"));

        assertThat(redis.list("apptail.a")).containsExactly("4\n", "3\n");
        assertThat(redis.list("apptail.b")).containsExactly("2\n");
    }

    @Test
    void takesTheDatabaseThatIsNamed() throws Exception {
        Drain drain = open("/7?key=history&database=3"); // the path is ignored, as in the original

        write(drain, Batches.of("1"));

        assertThat(redis.call("SELECT", "3")).isEqualTo("+OK");
        assertThat(redis.list("history")).containsExactly("1\n");
    }

    @Test
    void changesNoByte() throws Exception {
        byte[] event = new byte["k ".length() + 256];
        System.arraycopy("k ".getBytes(UTF_8), 0, event, 0, 2);
        IntStream.range(0, 256).forEach(i -> event[2 + i] = (byte) i);
        Drain drain = open("?key=a%20key%00%0d%0a");

        write(drain, Batches.events(event));

        byte[] element = redis.bytes("a key\0\r\n").get(0);
        assertThat(element).hasSize(257).endsWith((byte) 255, (byte) '\n').startsWith(0, 1, 2);
    }

    @Test
    void logsInWithAPassword() throws Exception {
        redis.call("CONFIG", "SET", "requirepass", "p+w d");
        Drain drain = opening("redis://:p+w%20d@" + server.address() + "?key=k").get(60, SECONDS);

        write(drain, Batches.of("1"));

        assertThat(redis.list("k")).hasSize(1);
    }

    @Test
    void logsInAsAUserWithTheSecretOfTheMomentAndNoMoreRightsThanItNeeds() throws Exception {
        redis.call(
                "ACL", "SETUSER", "logs", "on", ">new", "~h*", "+@connection", "+multi", "+exec", "+lpush", "+ltrim");
        String uri = "redis://logs:secret:redis.pw@" + server.address() + "?key=h";
        Files.writeString(folder.resolve("redis.pw"), "old\n");
        assertThatThrownBy(() -> opening(uri).get(60, SECONDS))
                .hasMessageContaining("redis " + server.address() + ": WRONGPASS ");

        Files.writeString(folder.resolve("redis.pw"), "new\n");
        write(opening(uri).get(60, SECONDS), Batches.of("1"));

        assertThat(redis.list("h")).hasSize(1);
    }

    @Test
    void saysWhatIsMissing() throws Exception {
        assertThatThrownBy(() ->
                        opening("redis://:secret:none@" + server.address()).get(60, SECONDS))
                .hasMessageContaining("the secret " + folder.resolve("none") + " does not exist on this node");
        redis.call("CONFIG", "SET", "requirepass", "hidden");
        assertThatThrownBy(() -> open("")).hasMessageContaining(": NOAUTH Authentication required");
        assertThatThrownBy(
                        () -> opening("redis://:wrongword@" + server.address()).get(60, SECONDS))
                .hasMessageContaining("WRONGPASS")
                .message()
                .doesNotContain("wrongword");
        assertThatThrownBy(() -> opening("redis://:hidden@" + server.address() + "?database=99")
                        .get(60, SECONDS))
                .hasMessageContaining("DB index is out of range");
        assertThatThrownBy(() -> opening("redis://nowhere.invalid:1").get(60, SECONDS))
                .hasMessageContaining("dial tcp nowhere.invalid:1: no such host");
    }

    @Test
    void looksTheCoreUpAtEachConnect() throws Exception {
        String uri = "redis://stackato-core:" + server.port() + "?key=k";
        core.set("");
        assertThatThrownBy(() -> opening(uri).get(60, SECONDS)).hasMessageContaining("/cluster/config/mbusip");

        core.set("127.0.0.1");
        Drain drain = opening(uri).get(60, SECONDS);
        write(drain, Batches.of("1"));
        core.set("127.0.0.2");

        assertThatThrownBy(() -> drain.failure().toCompletableFuture().get(60, SECONDS))
                .hasMessageContaining("the address of stackato-core has changed");
    }

    @Test
    void refusesAKeyThatIsNoListAndLeavesOthersAlone() throws Exception {
        redis.call("SET", "apptail.b", "text");
        assertThatThrownBy(() -> open("?key=apptail.b")).hasMessageContaining("WRONGTYPE");
        Drain drain = open("");

        assertThatThrownBy(() -> write(drain, events("apptail.a 1", "apptail.b 2")))
                .hasMessageContaining("list apptail.b: WRONGTYPE Operation against a key");

        assertThat(redis.list("apptail.a")).isEmpty();
    }

    @Test
    void doesABatchAsAWholeOrNotAtAll() throws Exception {
        Drain drain = open("");
        redis.call("CONFIG", "SET", "maxmemory-policy", "noeviction");
        redis.call("CONFIG", "SET", "maxmemory", "1mb");
        String large = "x".repeat(2_000_000);

        assertThatThrownBy(() -> {
                    write(drain, events("apptail.a " + large));
                    write(drain, events("apptail.b 1", "apptail.a 2"));
                })
                .hasMessageContaining("OOM command not allowed when used memory > 'maxmemory'");

        assertThat(redis.list("apptail.b")).isEmpty();
    }

    @Test
    void saysThatAReplicaCannotBeWrittenTo() throws Exception {
        redis.call("REPLICAOF", "127.0.0.1", "1");

        assertThatThrownBy(() -> open("?key=k")).hasMessageContaining("READONLY You can't write against a read only");
    }

    @Test
    void saysThatThereIsNoRoomForAnotherClient() throws Exception {
        redis.call("CONFIG", "SET", "maxclients", "1");

        assertThatThrownBy(() -> open("")).hasMessageContaining("ERR max number of clients reached");
    }

    @Test
    void noticesWithoutTrafficThatRedisEnds() throws Exception {
        Drain drain = open("");

        server.stop();

        assertThatThrownBy(() -> drain.failure().toCompletableFuture().get(60, SECONDS))
                .hasMessageContaining("redis " + server.address() + ": the target closed the connection");
    }

    @Test
    void givesUpOnARedisThatHangs() throws Exception {
        server.signal("STOP");

        assertThatThrownBy(() -> open("").close()).hasMessageContaining("no answer within 10 s");
    }

    @Test
    void leavesNothingBehindAfterAThousandConnections() throws Exception {
        open("").close();
        int threads = Thread.activeCount();

        for (int i = 0; i < 1000; i++) {
            Drain drain = open("?key=k");
            assertThat(on(drain, drain::close).get(60, SECONDS)).isTrue();
        }

        assertThat(Thread.activeCount()).isLessThanOrEqualTo(threads + 8); // the resolver's may have grown
        await().untilAsserted(() -> assertThat(new String((byte[]) redis.call("INFO", "clients"), UTF_8))
                .containsPattern("connected_clients:[1-3]\r"));
    }
}
