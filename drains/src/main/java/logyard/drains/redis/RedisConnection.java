package logyard.drains.redis;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.redis.ArrayHeaderRedisMessage;
import io.netty.handler.codec.redis.ErrorRedisMessage;
import io.netty.handler.codec.redis.IntegerRedisMessage;
import io.netty.handler.codec.redis.RedisCodecException;
import io.netty.handler.codec.redis.SimpleStringRedisMessage;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * A connection to a Redis: sends commands, and matches the answers, which come in order, with them. On its event loop.
 */
final class RedisConnection extends ChannelInboundHandlerAdapter {
    private static final int MAX_REASON_CHARACTERS = 200;

    private final Channel channel;
    private final String name;
    private final String password;
    private final Deque<Request> unanswered = new ArrayDeque<>();
    private final CompletableFuture<Void> failure = new CompletableFuture<>();
    private long lastAnswerNanos = System.nanoTime();
    private boolean closing;

    /**
     * @param name of the Redis, for error messages
     * @param password is taken out of what the Redis says
     */
    RedisConnection(Channel channel, String name, String password) {
        this.channel = channel;
        this.name = name;
        this.password = password;
    }

    /** Commands on their way, and what came back so far. */
    private static final class Request {
        private final String about;
        private final long sinceNanos = System.nanoTime();
        private final CompletableFuture<Void> answered = new CompletableFuture<>();
        private final int queued;
        private int replies;
        private int elements;
        private @Nullable String error;

        Request(String about, Commands commands) {
            this.about = about;
            this.replies = commands.replies();
            this.queued = commands.queued();
        }

        /** Counts an answer; false if it is not one that can come here. */
        boolean take(Object answer) {
            boolean isElement = replies == 0;
            if (isElement) {
                elements--;
            } else {
                replies--;
            }
            if (answer instanceof ErrorRedisMessage refusal) {
                error = error == null ? refusal.content() : error; // the first one is the reason of the others
                return true;
            }
            if (answer instanceof ArrayHeaderRedisMessage array) { // what EXEC answers
                elements = queued;
                return !isElement && replies == 0 && array.length() == queued;
            }
            return answer instanceof SimpleStringRedisMessage || answer instanceof IntegerRedisMessage;
        }

        boolean isComplete() {
            return replies == 0 && elements == 0;
        }
    }

    EventLoop loop() {
        return channel.eventLoop();
    }

    Channel channel() {
        return channel;
    }

    /** Completes exceptionally when this connection is of no use any more; else not before the close. */
    CompletableFuture<Void> failure() {
        return failure;
    }

    /**
     * Sends commands.
     *
     * @param about what they concern, for error messages; may be empty
     * @return completes when all of them are answered; exceptionally if one was refused, or the connection ended
     */
    CompletableFuture<Void> send(String about, Commands commands) {
        if (failure.isDone()) {
            commands.bytes().release();
            return failure;
        }
        var request = new Request(about, commands);
        unanswered.add(request);
        channel.writeAndFlush(commands.bytes()).addListener(done -> {
            if (!done.isSuccess()) {
                fail(explain(done.cause()));
            }
        });
        return request.answered;
    }

    /** How long the oldest commands have been waiting for their answer; 0 if there are none. */
    long waitingNanos() {
        Request oldest = unanswered.peek();
        return oldest == null ? 0 : System.nanoTime() - oldest.sinceNanos;
    }

    /** How long nothing was asked and nothing came. */
    long idleNanos() {
        return unanswered.isEmpty() ? System.nanoTime() - lastAnswerNanos : 0;
    }

    /** Gives the connection back; true if everything was answered. */
    boolean close() {
        closing = true;
        boolean allAnswered = unanswered.isEmpty();
        channel.close();
        return allAnswered;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object answer) {
        lastAnswerNanos = System.nanoTime();
        try {
            take(answer);
        } finally {
            ReferenceCountUtil.release(answer);
        }
    }

    private void take(Object answer) {
        Request request = unanswered.peek();
        if (request == null) { // such as "max number of clients reached", said before anything was asked
            fail(answer instanceof ErrorRedisMessage error ? reason(error.content()) : "it said what was not asked");
        } else if (!request.take(answer)) {
            fail("it answered what no Redis does");
        } else if (request.isComplete()) {
            unanswered.remove();
            answer(request);
        }
    }

    private void answer(Request request) {
        if (request.error == null) {
            request.answered.complete(null);
        } else {
            request.answered.completeExceptionally(refusal(request));
        }
    }

    private IOException refusal(Request request) {
        String about = request.about.isEmpty() ? "" : request.about + ": ";
        return new IOException(name + ": " + printable(about) + reason(String.valueOf(request.error)));
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        fail("the target closed the connection");
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        fail(explain(cause));
    }

    /** Ends the connection for this reason; what is not answered ends with what Redis said to it last, if it did. */
    void fail(String why) {
        if (closing || failure.isDone()) {
            return;
        }
        Request oldest = unanswered.peek();
        IOException error =
                oldest != null && oldest.error != null ? refusal(oldest) : new IOException(name + ": " + why);
        failure.completeExceptionally(error);
        for (Request request = unanswered.poll(); request != null; request = unanswered.poll()) {
            request.answered.completeExceptionally(error);
        }
        channel.close();
    }

    private static String explain(Throwable error) {
        Throwable cause = error instanceof DecoderException && error.getCause() != null ? error.getCause() : error;
        String message = String.valueOf(cause.getMessage());
        if (cause instanceof SSLException) {
            return "TLS: " + message;
        }
        if (cause instanceof RedisCodecException) {
            return "it does not speak as a Redis does (" + printable(message) + ")";
        }
        boolean reset = message.contains("reset") || message.contains("Broken pipe");
        return reset ? "the target reset the connection" : message;
    }

    /** What Redis gave as its reason, without what it repeats of the commands: events, or the password. */
    private String reason(String said) {
        String reason = said.replaceFirst(",? with args beginning with.*", "");
        if (!password.isEmpty()) {
            reason = reason.replace(password, "***");
        }
        return printable(reason.length() > MAX_REASON_CHARACTERS ? reason.substring(0, MAX_REASON_CHARACTERS) : reason);
    }

    private static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }
}
