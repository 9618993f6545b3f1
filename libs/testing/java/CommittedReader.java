import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.Comparator;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads what is committed with Apache Kafka's own client, to check from outside what another client claims.
 *
 *   read BROKERS TIMEOUT_MS TOPIC...     every committed record, one JSON line each, in order per partition
 *   groups BROKERS TIMEOUT_MS GROUP...   what each group has committed and what it has not read yet
 *
 * Reads up to the high watermarks taken at the start, not to the last stable offsets: markers of committed
 * transactions reach a partition on their own time. The last line is {"done":N}; without it the output is not
 * complete. Exit 1 with the reason on standard error.
 */
public class CommittedReader {
  private static final Duration POLL = Duration.ofMillis(200);

  private final String brokers;
  private final long deadline;
  private final OutputStream out = new BufferedOutputStream(System.out, 1 << 16);
  private long written = 0;

  private CommittedReader(String brokers, long timeoutMs) {
    this.brokers = brokers;
    this.deadline = System.nanoTime() + timeoutMs * 1_000_000;
  }

  public static void main(String[] args) {
    try {
      CommittedReader reader = new CommittedReader(args[1], Long.parseLong(args[2]));
      List<String> names = Arrays.asList(args).subList(3, args.length);
      switch (args[0]) {
        case "read" -> reader.read(names);
        case "groups" -> reader.groups(names);
        default -> throw new IllegalArgumentException("read or groups, not " + args[0]);
      }
      reader.finish();
      System.exit(0);
    } catch (Throwable failure) {
      System.err.println(failure);
      for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) System.err.println("  " + cause);
      System.exit(1);
    }
  }

  private void read(List<String> topics) throws IOException {
    try (KafkaConsumer<byte[], byte[]> consumer = consumer("read_committed")) {
      List<TopicPartition> partitions = partitionsOf(consumer, topics);
      Map<TopicPartition, Long> starts = consumer.beginningOffsets(partitions);
      readBetween(consumer, starts, highWatermarks(partitions), this::writeRecord);
    }
  }

  private interface Take {
    void record(ConsumerRecord<byte[], byte[]> record) throws IOException;
  }

  /** Hands over the committed records from `starts` (included) to `ends` (excluded), all partitions at once. */
  private void readBetween(
      KafkaConsumer<byte[], byte[]> consumer,
      Map<TopicPartition, Long> starts,
      Map<TopicPartition, Long> ends,
      Take take)
      throws IOException {
    List<TopicPartition> left = new ArrayList<>();
    for (TopicPartition at : starts.keySet()) if (starts.get(at) < ends.get(at)) left.add(at);
    consumer.assign(left);
    for (TopicPartition at : left) consumer.seek(at, starts.get(at));
    while (!left.isEmpty()) {
      if (System.nanoTime() > deadline) throw new IllegalStateException(overdue(consumer, left, ends));
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        if (record.offset() < ends.get(new TopicPartition(record.topic(), record.partition()))) take.record(record);
      }
      if (left.removeIf(at -> consumer.position(at) >= ends.get(at))) consumer.assign(left);
    }
  }

  private static String overdue(
      KafkaConsumer<byte[], byte[]> consumer, List<TopicPartition> left, Map<TopicPartition, Long> ends) {
    String where = left.stream()
        .map(at -> at + " stands at " + consumer.position(at) + " of " + ends.get(at))
        .collect(Collectors.joining(", "));
    return "not read to the end in time (a transaction that stays open?): " + where;
  }

  /** Committed offset, ends, and how many committed records are left to read: 0 when all is handled. */
  private void groups(List<String> groups) throws Exception {
    Properties settings = new Properties();
    settings.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, brokers);
    try (Admin admin = Admin.create(settings);
        KafkaConsumer<byte[], byte[]> consumer = consumer("read_committed")) {
      Map<String, ListConsumerGroupOffsetsSpec> wanted = new HashMap<>();
      for (String group : groups) wanted.put(group, new ListConsumerGroupOffsetsSpec());
      Map<String, Map<TopicPartition, OffsetAndMetadata>> all = admin.listConsumerGroupOffsets(wanted).all().get();
      for (String group : groups) {
        Map<TopicPartition, Long> committed = new TreeMap<>(
            Comparator.comparing(TopicPartition::topic).thenComparingInt(TopicPartition::partition));
        all.get(group).forEach((at, offset) -> { if (offset != null) committed.put(at, offset.offset()); });
        writeGroup(consumer, group, committed);
      }
    }
  }

  private void writeGroup(KafkaConsumer<byte[], byte[]> consumer, String group, Map<TopicPartition, Long> committed)
      throws IOException {
    Map<TopicPartition, Long> ends = highWatermarks(committed.keySet());
    Map<TopicPartition, Long> left = new HashMap<>();
    readBetween(consumer, committed, ends, record ->
        left.merge(new TopicPartition(record.topic(), record.partition()), 1L, Long::sum));
    for (TopicPartition at : committed.keySet()) {
      line("{\"group\":" + json(group) + ",\"topic\":" + json(at.topic()) + ",\"partition\":" + at.partition()
          + ",\"committed\":" + committed.get(at) + ",\"end\":" + ends.get(at)
          + ",\"left\":" + left.getOrDefault(at, 0L) + "}");
    }
  }

  /** An uncommitted reader's ends are the high watermarks. */
  private Map<TopicPartition, Long> highWatermarks(java.util.Collection<TopicPartition> partitions) {
    try (KafkaConsumer<byte[], byte[]> consumer = consumer("read_uncommitted")) {
      return consumer.endOffsets(partitions);
    }
  }

  private static List<TopicPartition> partitionsOf(KafkaConsumer<byte[], byte[]> consumer, List<String> topics) {
    List<TopicPartition> partitions = new ArrayList<>();
    for (String topic : topics) {
      List<PartitionInfo> infos = consumer.partitionsFor(topic);
      if (infos == null || infos.isEmpty()) throw new IllegalArgumentException("topic " + topic + " does not exist");
      for (PartitionInfo info : infos) partitions.add(new TopicPartition(topic, info.partition()));
    }
    return partitions;
  }

  private KafkaConsumer<byte[], byte[]> consumer(String isolation) {
    Properties settings = new Properties();
    settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, brokers);
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, isolation);
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
    settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "5000");
    settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, "50");
    return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  private void writeRecord(ConsumerRecord<byte[], byte[]> record) throws IOException {
    List<String> binary = new ArrayList<>();
    StringBuilder text = new StringBuilder(256)
        .append("{\"topic\":").append(json(record.topic()))
        .append(",\"partition\":").append(record.partition())
        .append(",\"offset\":").append(record.offset())
        .append(",\"timestamp\":").append(record.timestamp())
        .append(",\"key\":").append(bytes(record.key(), "key", binary))
        .append(",\"value\":").append(bytes(record.value(), "value", binary))
        .append(",\"headers\":[");
    String comma = "";
    for (Header header : record.headers()) {
      text.append(comma).append('[').append(json(header.key())).append(',')
          .append(bytes(header.value(), "headers." + header.key(), binary)).append(']');
      comma = ",";
    }
    text.append("],\"base64\":[")
        .append(binary.stream().map(CommittedReader::json).collect(Collectors.joining(",")))
        .append("]}");
    line(text.toString());
  }

  /** As a string when the bytes are UTF-8, else in base64 and named in `binary`. */
  private static String bytes(byte[] bytes, String name, List<String> binary) {
    if (bytes == null) return "null";
    try {
      return json(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException notText) {
      binary.add(name);
      return json(Base64.getEncoder().encodeToString(bytes));
    }
  }

  private static String json(String text) {
    StringBuilder json = new StringBuilder(text.length() + 16).append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') json.append('\\').append(c);
      else if (c < 0x20 || c == '\u2028' || c == '\u2029') json.append(String.format("\\u%04x", (int) c));
      else json.append(c);
    }
    return json.append('"').toString();
  }

  private void line(String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.write('\n');
    written++;
  }

  private void finish() throws IOException {
    line("{\"done\":" + written + "}");
    out.flush();
  }
}
