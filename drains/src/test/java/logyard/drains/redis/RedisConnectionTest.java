package logyard.drains.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.redis.RedisDecoder;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a Redis, or something that only pretends to be one, can answer. */
class RedisConnectionTest {
    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final RedisConnection connection = new RedisConnection(channel, "redis h:1", "hidden");

    RedisConnectionTest() {
        channel.pipeline().addLast(new RedisDecoder(), connection);
    }

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    private static Commands commands() {
        return new Commands(Unpooled.buffer());
    }

    private CompletableFuture<Void> sendTransaction() {
        return connection.send(
                "",
                commands()
                        .multi()
                        .add("LPUSH", "k", "v")
                        .add("LTRIM", "k", "0", "1")
                        .exec());
    }

    private void answer(String text) {
        channel.writeInbound(Unpooled.copiedBuffer(text, UTF_8));
    }

    private static void assertFails(CompletableFuture<Void> future, String reason) {
        assertThat(future).isCompletedExceptionally();
        assertThatThrownBy(future::join).hasRootCauseMessage(reason);
    }

    @Test
    void writesCommandsAsRedisReadsThem() {
        connection.send(
                "", commands().add("SELECT", "3").begin("LPUSH", 2).text("k").text("ü\n"));

        ByteBuf sent = channel.readOutbound();
        assertThat(sent.toString(UTF_8))
                .isEqualTo("*2\r\n$6\r\nSELECT\r\n$1\r\n3\r\n*3\r\n$5\r\nLPUSH\r\n$1\r\nk\r\n$3\r\nü\n\r\n");
        sent.release();
    }

    @Test
    void matchesAnswersWithWhatWasAsked() {
        CompletableFuture<Void> first = sendTransaction();
        CompletableFuture<Void> second = connection.send("", commands().add("PING"));

        answer("+OK\r\n+QUEUED\r\n+QUEUED\r\n*2\r\n:1\r\n");
        assertThat(first).isNotDone();
        answer("+OK\r\n");

        assertThat(first).isCompleted();
        assertThat(second).isNotDone();
        answer("+PONG\r\n");
        assertThat(second).isCompleted();
        assertThat(connection.close()).isTrue();
    }

    @Test
    void givesTheFirstRefusalAsTheReason() {
        CompletableFuture<Void> refused = sendTransaction();
        CompletableFuture<Void> next = sendTransaction();

        answer("+OK\r\n-MISCONF Redis is configured to save\r\n+QUEUED\r\n-EXECABORT Transaction discarded\r\n");

        assertFails(refused, "redis h:1: MISCONF Redis is configured to save");
        assertThat(next).isNotDone();
        assertThat(connection.close()).isFalse();
    }

    @Test
    void noticesARefusalWithinATransaction() {
        CompletableFuture<Void> refused = sendTransaction();

        answer("+OK\r\n+QUEUED\r\n+QUEUED\r\n*2\r\n-WRONGTYPE Operation\r\n+OK\r\n");

        assertFails(refused, "redis h:1: WRONGTYPE Operation");
    }

    @Test
    void saysWhatRedisSaidBeforeItHungUp() {
        CompletableFuture<Void> refused = sendTransaction();

        answer("-LOADING Redis is loading the dataset in memory\r\n");
        channel.disconnect();

        assertFails(refused, "redis h:1: LOADING Redis is loading the dataset in memory");
        assertFails(sendTransaction(), "redis h:1: LOADING Redis is loading the dataset in memory");
    }

    @Test
    void repeatsNeitherPasswordNorEventNorControlCharacters() {
        CompletableFuture<Void> first = sendTransaction();
        CompletableFuture<Void> second =
                connection.send("list a\u001bb", commands().add("PING"));

        answer("-ERR unknown command 'MULTI', with args beginning with: 'an event'\r\n-E\r\n-E\r\n-E\r\n");
        answer("-ERR no hidden \u001b[2J\r\n");

        assertFails(first, "redis h:1: ERR unknown command 'MULTI'");
        assertFails(second, "redis h:1: list a?b: ERR no *** ?[2J");
    }

    @ParameterizedTest(name = "{index}")
    @ValueSource(
            strings = {
                "HTTP/1.1 400 Bad Request\r\n\r\n",
                "\u0015\u0003\u0003\u0000\u0002\u0002F",
                "+OK\r\n+QUEUED\r\n+QUEUED\r\n*2147483647\r\n",
                "+OK\r\n+QUEUED\r\n+QUEUED\r\n*-1\r\n",
                "*4\r\n",
                "$1000000000\r\nxxxx",
                "+OK\r\n+QUEUED\r\n+QUEUED\r\n*2\r\n*2\r\n",
                "+OK\r\n+QUEUED\r\n+QUEUED\r\n*2\r\n:1\r\n:2\r\n:3\r\n"
            })
    void hangsUpOnWhatIsNoRedis(String said) {
        sendTransaction();

        answer(said);

        assertThat(connection.failure()).isCompletedExceptionally();
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void hangsUpOnAnEndlessLine() {
        CompletableFuture<Void> refused = sendTransaction();

        answer("-" + "x".repeat(100_000));

        assertThat(refused).isCompletedExceptionally();
    }
}
