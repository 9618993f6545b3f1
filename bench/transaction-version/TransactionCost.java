import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.FeatureUpdate;
import org.apache.kafka.clients.admin.UpdateFeaturesOptions;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * What a small transaction costs with and without KIP-890's second part (feature transaction.version 2 and 1): outputs
 * on three partitions and the positions of one group, as an agent's. Latency one at a time, then transactions a second
 * of several writers at once.
 */
public class TransactionCost {
  private static final int WARM_UP = 150;
  private static final int MEASURED = 300;
  private static final int WRITERS = 8;
  private static final long LOAD_NANOS = 10_000_000_000L;
  private static final byte[] VALUE = new byte[700];

  public static void main(String[] args) throws Exception {
    String brokers = args[0];
    String topic = args[1];
    int rounds = Integer.parseInt(args[2]);
    for (int round = 0; round < rounds; round++) {
      for (short version : new short[] {1, 2}) {
        setVersion(brokers, version);
        report(round, version, oneAtATime(brokers, topic, round, version), atOnce(brokers, topic, round, version));
      }
    }
  }

  private static void setVersion(String brokers, short version) throws Exception {
    try (Admin admin = Admin.create(Map.<String, Object>of("bootstrap.servers", brokers))) {
      short now = admin.describeFeatures().featureMetadata().get().finalizedFeatures().get("transaction.version").maxVersionLevel();
      if (now == version) return;
      FeatureUpdate.UpgradeType type = version > now ? FeatureUpdate.UpgradeType.UPGRADE : FeatureUpdate.UpgradeType.SAFE_DOWNGRADE;
      admin.updateFeatures(Map.of("transaction.version", new FeatureUpdate(version, type)), new UpdateFeaturesOptions()).all().get();
    }
    // Brokers hear of it by their metadata, and producers from the brokers.
    Thread.sleep(3000);
  }

  private static double[] oneAtATime(String brokers, String topic, int round, short version) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer = producer(brokers, "alone-" + round + "-" + version)) {
      double[] took = new double[MEASURED];
      for (int n = -WARM_UP; n < MEASURED; n++) {
        long startedAt = System.nanoTime();
        transaction(producer, topic, "alone", n + WARM_UP);
        if (n >= 0) took[n] = (System.nanoTime() - startedAt) / 1e6;
      }
      Arrays.sort(took);
      return took;
    }
  }

  private static double atOnce(String brokers, String topic, int round, short version) throws Exception {
    ExecutorService writers = Executors.newFixedThreadPool(WRITERS);
    long end = System.nanoTime() + LOAD_NANOS;
    List<Future<Integer>> counts = new ArrayList<>();
    for (int writer = 0; writer < WRITERS; writer++) {
      String name = "load-" + round + "-" + version + "-" + writer;
      counts.add(writers.submit(() -> {
        int count = 0;
        try (KafkaProducer<byte[], byte[]> producer = producer(brokers, name)) {
          for (; System.nanoTime() < end; count++) transaction(producer, topic, name, count);
        }
        return count;
      }));
    }
    int sum = 0;
    for (Future<Integer> count : counts) sum += count.get();
    writers.shutdown();
    return sum / (LOAD_NANOS / 1e9);
  }

  private static void transaction(KafkaProducer<byte[], byte[]> producer, String topic, String group, int n) {
    producer.beginTransaction();
    for (int partition = 0; partition < 3; partition++) {
      producer.send(new ProducerRecord<>(topic, partition, null, VALUE));
    }
    Map<TopicPartition, OffsetAndMetadata> positions = Map.of(new TopicPartition(topic, 0), new OffsetAndMetadata(n));
    producer.sendOffsetsToTransaction(positions, new ConsumerGroupMetadata(group));
    producer.commitTransaction();
  }

  private static KafkaProducer<byte[], byte[]> producer(String brokers, String transactionalId) {
    Map<String, Object> config = new HashMap<>();
    config.put("bootstrap.servers", brokers);
    config.put("transactional.id", transactionalId);
    config.put("retry.backoff.ms", 2);
    config.put("retry.backoff.max.ms", 20);
    KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    producer.initTransactions();
    return producer;
  }

  private static void report(int round, short version, double[] took, double perSecond) {
    System.out.printf(
        "{\"round\":%d,\"transactionVersion\":%d,\"p50Ms\":%.1f,\"p99Ms\":%.1f,\"perSecond\":%.0f}%n",
        round, version, took[took.length / 2], took[took.length * 99 / 100], perSecond);
  }
}
