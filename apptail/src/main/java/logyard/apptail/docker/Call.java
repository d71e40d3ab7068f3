package logyard.apptail.docker;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One request on a connection of its own. On the thread {@code docker}. */
final class Call extends ChannelInboundHandlerAdapter {
    /** A daemon that has not begun to answer by then does not answer. */
    private static final long PATIENCE_SECONDS = 10;

    private final String path;
    private final Answer answer;
    private @Nullable Channel channel;
    private @Nullable Future<?> deadline;
    private boolean reading = true;
    private boolean ended;

    Call(String path, Answer answer) {
        this.path = path;
        this.answer = answer;
    }

    /** Whether to read on; what has been read already comes nevertheless. */
    void read(boolean on) {
        reading = on;
        Channel open = channel;
        if (open != null) {
            open.config().setAutoRead(on);
        }
    }

    /** Breaks it off; nothing more is told. */
    void close() {
        ended = true;
        release();
    }

    private void release() {
        Future<?> waiting = deadline;
        if (waiting != null) {
            waiting.cancel(false);
        }
        Channel open = channel;
        if (open != null) {
            open.close();
        }
    }

    /** There is no connection. */
    void failed(String trouble) {
        end(Optional.of(trouble));
    }

    private void end(Optional<String> trouble) {
        if (!ended) {
            ended = true;
            release();
            answer.ended(trouble);
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        channel = context.channel();
        if (ended) {
            context.close();
            return;
        }
        var request = new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, path);
        request.headers().set(HttpHeaderNames.HOST, "localhost").set(HttpHeaderNames.CONNECTION, "close");
        deadline = context.executor()
                .schedule(
                        () -> end(Optional.of("no answer within " + PATIENCE_SECONDS + " s")),
                        PATIENCE_SECONDS,
                        TimeUnit.SECONDS);
        context.channel().config().setAutoRead(reading);
        context.writeAndFlush(request);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        try {
            if (message instanceof HttpObject part && !ended) {
                take(part);
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void take(HttpObject part) {
        if (part.decoderResult().isFailure()) {
            end(Optional.of("what it answers is no HTTP"));
            return;
        }
        if (part instanceof HttpResponse response) {
            Future<?> waiting = deadline;
            if (waiting != null) {
                waiting.cancel(false);
            }
            answer.status(response.status().code());
        }
        if (part instanceof HttpContent content && !ended) {
            ByteBuf bytes = content.content();
            if (bytes.isReadable()) {
                answer.bytes(bytes);
            }
            if (part instanceof LastHttpContent) {
                end(Optional.empty());
            }
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        end(Optional.of("it closed the connection"));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        end(Optional.of(cause.toString()));
    }
}
