import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

/**
 * The benchmark's work on Kafka Streams: parse and check an approved claim, add it to the customer's tally in a
 * persistent store, write a notice that tells the tally. Exactly once (v2). Arguments: brokers, application id, input
 * topic, output topic, state directory, threads.
 */
public final class TallyStreams {
  private static final String STORE = "tallies";

  public static void main(String[] args) throws InterruptedException {
    StreamsBuilder builder = new StreamsBuilder();
    builder.addStateStore(
        Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(STORE), Serdes.String(), Serdes.ByteArray())
            .withCachingEnabled());
    builder.stream(args[2], Consumed.with(Serdes.String(), Serdes.ByteArray()))
        .process(() -> new Tally(args[1]), STORE)
        .to(args[3], Produced.with(Serdes.String(), Serdes.ByteArray()));

    CountDownLatch ended = new CountDownLatch(1);
    KafkaStreams streams = new KafkaStreams(builder.build(), settings(args));
    streams.setUncaughtExceptionHandler(
        error -> {
          error.printStackTrace();
          ended.countDown();
          return org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse
              .SHUTDOWN_CLIENT;
        });
    Runtime.getRuntime().addShutdownHook(new Thread(() -> streams.close(Duration.ofSeconds(8))));
    endWithInput();
    streams.start();
    ended.await();
    System.exit(1);
  }

  /** The benchmark holds this program's input open: its end means that the benchmark is gone. */
  private static void endWithInput() {
    Thread watch =
        new Thread(
            () -> {
              try {
                System.in.transferTo(java.io.OutputStream.nullOutputStream());
              } catch (java.io.IOException error) {
                error.printStackTrace();
              }
              System.exit(1);
            });
    watch.setDaemon(true);
    watch.start();
  }

  private static Properties settings(String[] args) {
    Properties settings = new Properties();
    settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, args[0]);
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, args[1]);
    settings.put(StreamsConfig.STATE_DIR_CONFIG, args[4]);
    settings.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, Integer.parseInt(args[5]));
    settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    settings.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, 3);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    return settings;
  }

  /** Checks what Aika's contract of CLAIM_APPROVED checks. */
  private static final class Contract {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:-]*");
    private static final Pattern TYPE = Pattern.compile("[A-Z][A-Z0-9]*(_[A-Z0-9]+)*");
    private static final Pattern REASON = Pattern.compile("[a-z][a-z0-9_]*");
    private static final Set<String> PRIORITIES = Set.of("HIGH", "NORMAL", "LOW");
    private static final Set<String> CURRENCIES = Set.of("GBP", "NOK", "EUR", "USD", "DKK", "SEK");

    static void check(JsonNode envelope, long receivedAt) {
      matches(envelope, "messageId", ID, 200);
      long timestamp = Instant.parse(text(envelope, "timestamp", 40)).toEpochMilli();
      require(timestamp <= receivedAt + 300_000, "timestamp");
      text(envelope, "sourceAgentId", 100);
      JsonNode target = envelope.get("targetAgentId");
      require(target == null || target.isNull() || target.isTextual(), "targetAgentId");
      matches(envelope, "messageType", TYPE, 100);
      require(PRIORITIES.contains(text(envelope, "priority", 10)), "priority");
      require(envelope.path("schemaVersion").asInt(0) == 1, "schemaVersion");
      JsonNode metadata = envelope.path("metadata");
      require(metadata.isObject(), "metadata");
      for (String name : new String[] {"conversationId", "correlationId", "causationId"}) {
        JsonNode value = metadata.get(name);
        require(value == null || value.isTextual(), name);
      }
      checkPayload(envelope.path("payload"));
    }

    private static void checkPayload(JsonNode payload) {
      require(payload.isObject(), "payload");
      matches(payload, "customerId", ID, 200);
      matches(payload, "claimId", ID, 200);
      JsonNode payable = payload.path("payable");
      require(payable.path("amount").isIntegralNumber() && payable.path("amount").asLong() >= 0, "amount");
      require(CURRENCIES.contains(text(payable, "currency", 3)), "currency");
      text(payload, "approvedBy", 100);
      JsonNode reasons = payload.path("reasons");
      require(reasons.isArray(), "reasons");
      for (JsonNode reason : reasons) {
        matches(reason, "code", REASON, 100);
        text(reason, "detail", 1000);
      }
    }

    private static void matches(JsonNode node, String field, Pattern pattern, int max) {
      require(pattern.matcher(text(node, field, max)).matches(), field);
    }

    private static String text(JsonNode node, String field, int max) {
      JsonNode value = node.get(field);
      require(value != null && value.isTextual() && value.textValue().length() <= max, field);
      return value.textValue();
    }

    private static void require(boolean holds, String field) {
      if (!holds) throw new IllegalArgumentException("breaks its contract: " + field);
    }
  }

  private static final class Tally implements Processor<String, byte[], String, byte[]> {
    private final ObjectMapper json = new ObjectMapper();
    private final String agent;
    private ProcessorContext<String, byte[]> context;
    private KeyValueStore<String, byte[]> store;

    Tally(String agent) {
      this.agent = agent;
    }

    @Override
    public void init(ProcessorContext<String, byte[]> context) {
      this.context = context;
      this.store = context.getStateStore(STORE);
    }

    @Override
    public void process(Record<String, byte[]> record) {
      try {
        JsonNode input = json.readTree(record.value());
        Contract.check(input, record.timestamp());
        ObjectNode tally = tallied(input.get("payload"));
        byte[] output = json.writeValueAsBytes(notice(input, tally));
        context.forward(record.withValue(output).withHeaders(headers(input)));
      } catch (java.io.IOException error) {
        throw new IllegalArgumentException(error);
      }
    }

    private ObjectNode tallied(JsonNode payload) throws java.io.IOException {
      String customer = payload.get("customerId").textValue();
      byte[] before = store.get(customer);
      ObjectNode tally = before == null ? json.createObjectNode() : (ObjectNode) json.readTree(before);
      tally.put("approved", tally.path("approved").asLong(0) + 1);
      tally.put("total", tally.path("total").asLong(0) + payload.get("payable").get("amount").asLong());
      tally.set("lastClaimId", payload.get("claimId"));
      store.put(customer, json.writeValueAsBytes(tally));
      return tally;
    }

    private ObjectNode notice(JsonNode input, ObjectNode tally) {
      JsonNode payload = input.get("payload");
      String claimId = payload.get("claimId").textValue();
      ObjectNode envelope = json.createObjectNode();
      envelope.put("messageId", input.get("messageId").textValue() + "-notice");
      envelope.set("timestamp", input.get("timestamp"));
      envelope.put("sourceAgentId", agent);
      envelope.putNull("targetAgentId");
      envelope.put("messageType", "NOTIFICATION_REQUESTED");
      envelope.set("priority", input.get("priority"));
      envelope.put("schemaVersion", 1);
      ObjectNode body = envelope.putObject("payload");
      body.set("customerId", payload.get("customerId"));
      body.put("notificationId", "ntf-" + claimId);
      body.put("channel", "EMAIL");
      body.put("template", "claim_approved");
      body.put("language", "en");
      ObjectNode parameters = body.putObject("parameters");
      parameters.put("claimId", claimId);
      JsonNode payable = payload.get("payable");
      parameters.put("amount", payable.get("amount").asText() + " " + payable.get("currency").textValue());
      parameters.put("approved", tally.get("approved").asText());
      parameters.put("total", tally.get("total").asText());
      body.set("causedBy", input.get("messageId"));
      ObjectNode metadata = envelope.putObject("metadata");
      metadata.setAll((ObjectNode) input.get("metadata"));
      metadata.set("causationId", input.get("messageId"));
      return envelope;
    }

    /** The same headers as the other peers write. */
    private Headers headers(JsonNode input) {
      Headers headers = new RecordHeaders();
      add(headers, "aika-message-id", input.get("messageId").textValue() + "-notice");
      add(headers, "aika-type", "NOTIFICATION_REQUESTED");
      add(headers, "aika-version", "1");
      add(headers, "aika-target", "");
      add(headers, "aika-source", agent);
      add(headers, "aika-priority", input.get("priority").textValue());
      add(headers, "aika-stage", "settlement");
      JsonNode conversation = input.get("metadata").get("conversationId");
      if (conversation != null) add(headers, "aika-conversation", conversation.textValue());
      return headers;
    }

    private static void add(Headers headers, String name, String value) {
      headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }
  }
}
