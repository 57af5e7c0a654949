package dev.lambdarollouts.simulator.s3;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lambdarollouts.simulator.keep.Blobs;
import dev.lambdarollouts.simulator.keep.KeptState;
import dev.lambdarollouts.simulator.protocol.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Buckets and objects in the data file; uploads in parts that are under way are lost. */
final class KeptBuckets implements KeptState {
  private final Buckets buckets;

  KeptBuckets(Buckets buckets) {
    this.buckets = buckets;
  }

  @Override
  public String part() {
    return "s3";
  }

  @Override
  public ObjectNode save(Blobs blobs) {
    ObjectNode tree = Json.object();
    buckets.all().forEach((name, bucket) -> tree.set(name, save(bucket, blobs)));
    return tree;
  }

  @Override
  public void restore(ObjectNode saved, Blobs blobs) {
    saved
        .properties()
        .forEach(entry -> buckets.all().put(entry.getKey(), restore(entry.getValue(), blobs)));
  }

  private static ObjectNode save(Bucket bucket, Blobs blobs) {
    ObjectNode tree =
        Json.object()
            .put("owner", bucket.owner())
            .put("region", bucket.region())
            .put("created", bucket.created().toString())
            .put("versioning", bucket.versioning());
    ObjectNode objects = tree.putObject("objects");
    bucket
        .objects()
        .forEach(
            (key, versions) -> {
              ArrayNode list = objects.putArray(key);
              versions.forEach(version -> list.add(save(version, blobs)));
            });
    return tree;
  }

  private static ObjectNode save(Bucket.StoredObject object, Blobs blobs) {
    ObjectNode tree =
        Json.object()
            .put("body", blobs.add(object.body()))
            .put("etag", object.etag())
            .put("modified", object.modified().toString())
            .put("versionId", object.versionId())
            .put("deleted", object.deleted());
    ObjectNode headers = tree.putObject("headers");
    object.headers().forEach(headers::put);
    ObjectChecksum checksum = object.checksum();
    if (checksum != null) {
      tree.put("checksumAlgorithm", checksum.algorithm().name())
          .put("checksum", checksum.value())
          .put("checksumType", checksum.type());
    }
    return tree;
  }

  private static Bucket restore(JsonNode saved, Blobs blobs) {
    Bucket bucket =
        new Bucket(
            saved.path("owner").asText(),
            saved.path("region").asText(),
            Instant.parse(saved.path("created").asText()));
    bucket.versioning(saved.path("versioning").asText());
    saved
        .path("objects")
        .properties()
        .forEach(
            entry -> {
              List<Bucket.StoredObject> versions = new ArrayList<>();
              entry.getValue().forEach(version -> versions.add(object(version, blobs)));
              bucket.objects().put(entry.getKey(), versions);
            });
    return bucket;
  }

  private static Bucket.StoredObject object(JsonNode saved, Blobs blobs) {
    Map<String, String> headers = new LinkedHashMap<>();
    saved
        .path("headers")
        .properties()
        .forEach(header -> headers.put(header.getKey(), header.getValue().asText()));
    return new Bucket.StoredObject(
        blobs.get(saved.path("body").asText()),
        saved.path("etag").asText(),
        headers,
        Instant.parse(saved.path("modified").asText()),
        saved.path("versionId").asText(),
        saved.path("deleted").asBoolean(),
        saved.has("checksum")
            ? new ObjectChecksum(
                ChecksumAlgorithm.valueOf(saved.path("checksumAlgorithm").asText()),
                saved.path("checksum").asText(),
                saved.path("checksumType").asText())
            : null);
  }
}
