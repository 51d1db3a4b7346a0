package io.github.cdkmaven.hostile;

import io.github.cdkmaven.hostile.HostileServer.Behaviour;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** One HTTP answer, to be sent as it is. */
record Reply(String status, Map<String, String> headers, byte[] body) implements Behaviour {

    static Reply of(String status) {
        return of(status, "");
    }

    static Reply of(String status, String body) {
        return new Reply(status, Map.of(), body.getBytes(StandardCharsets.UTF_8));
    }

    Reply with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Reply(status, more, body);
    }

    @Override
    public boolean answer(HostileServer server, HostileServer.Request request, OutputStream out) throws IOException {
        StringBuilder head = new StringBuilder("HTTP/1.1 " + status + "\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        head.append("Content-Length: ").append(body.length).append("\r\n\r\n");
        out.write(head.toString().getBytes(StandardCharsets.ISO_8859_1));
        if (!request.isHead()) {
            out.write(body);
        }
        return true;
    }
}
