// Lucene Monitor under measurement: answers `pass`, `ids` and `memory` as bench/matching-side.ts does.
// Set up as well as it can be: presearcher weighted by the documents' own word counts, two passes, highlights asked for.
package dev.tocsin.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.en.PorterStemFilter;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.index.Term;
import org.apache.lucene.monitor.HighlightsMatch;
import org.apache.lucene.monitor.MatchingQueries;
import org.apache.lucene.monitor.Monitor;
import org.apache.lucene.monitor.MonitorConfiguration;
import org.apache.lucene.monitor.MonitorQuery;
import org.apache.lucene.monitor.MultipassTermFilteredPresearcher;
import org.apache.lucene.monitor.TermWeightor;
import org.apache.lucene.queries.intervals.IntervalQuery;
import org.apache.lucene.queries.intervals.Intervals;
import org.apache.lucene.queries.intervals.IntervalsSource;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.PhraseQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.BytesRef;

public final class MonitorSide {
  private static final String FIELD = "text";
  private static final String PARAGRAPHS = "\u001f";
  private static final FieldType STORED_POSITIONS = new FieldType(TextField.TYPE_NOT_STORED);

  static {
    STORED_POSITIONS.setIndexOptions(IndexOptions.DOCS_AND_FREQS_AND_POSITIONS_AND_OFFSETS);
    STORED_POSITIONS.freeze();
  }

  /** Words as Tocsin sees them: lower case, stemmed; a paragraph's end is further than any proximity reaches. */
  private static final class EnglishText extends Analyzer {
    @Override
    protected TokenStreamComponents createComponents(String field) {
      StandardTokenizer words = new StandardTokenizer();
      return new TokenStreamComponents(words, new PorterStemFilter(new LowerCaseFilter(words)));
    }

    @Override
    public int getPositionIncrementGap(String field) {
      return 1000;
    }
  }

  private final Analyzer analyzer = new EnglishText();
  private final Monitor monitor;
  private final List<String[]> documents = new ArrayList<>();

  private MonitorSide(Path topics, Path texts) throws IOException {
    for (String line : Files.readAllLines(texts, StandardCharsets.UTF_8)) documents.add(line.split(PARAGRAPHS, -1));
    Map<String, Integer> counts = documentCounts();
    TermWeightor rareFirst = term -> Math.log((documents.size() + 1.0) / (counts.getOrDefault(term.text(), 0) + 0.5));
    MultipassTermFilteredPresearcher presearcher =
        new MultipassTermFilteredPresearcher(2, 0f, rareFirst, Collections.emptyList(), Collections.emptySet());
    long began = processorNanoseconds();
    monitor = new Monitor(analyzer, presearcher, new MonitorConfiguration());
    List<MonitorQuery> queries = new ArrayList<>();
    int index = 0;
    for (String line : Files.readAllLines(topics, StandardCharsets.UTF_8)) {
      queries.add(new MonitorQuery(String.valueOf(index++), new QueryReader(line).read()));
    }
    monitor.register(queries);
    double compileMs = (processorNanoseconds() - began) / 1e6;
    System.out.println("ready " + compileMs + " " + usedMegabytes());
  }

  private Map<String, Integer> documentCounts() throws IOException {
    Map<String, Integer> counts = new HashMap<>();
    for (String[] paragraphs : documents) {
      Set<String> words = new HashSet<>();
      for (String paragraph : paragraphs) {
        try (TokenStream stream = analyzer.tokenStream(FIELD, paragraph)) {
          CharTermAttribute word = stream.addAttribute(CharTermAttribute.class);
          stream.reset();
          while (stream.incrementToken()) words.add(word.toString());
          stream.end();
        }
      }
      for (String word : words) counts.merge(word, 1, Integer::sum);
    }
    return counts;
  }

  private MatchingQueries<HighlightsMatch> match(String[] paragraphs) throws IOException {
    Document document = new Document();
    for (String paragraph : paragraphs) document.add(new Field(FIELD, paragraph, STORED_POSITIONS));
    return monitor.match(document, HighlightsMatch.MATCHER);
  }

  private void pass() throws IOException {
    long before = processorNanoseconds();
    long found = 0;
    for (String[] paragraphs : documents) found += match(paragraphs).getMatchCount();
    System.out.println("pass " + (processorNanoseconds() - before) + " " + found);
  }

  /** Of all threads together, those that compile and collect garbage too. */
  private static long processorNanoseconds() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
  }

  private void ids() throws IOException {
    List<String> all = new ArrayList<>();
    for (String[] paragraphs : documents) {
      List<String> ids = new ArrayList<>();
      for (HighlightsMatch match : match(paragraphs).getMatches()) ids.add(match.getQueryId());
      all.add(String.join(",", ids));
    }
    System.out.println("ids " + String.join(";", all));
  }

  private static double usedMegabytes() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return (runtime.totalMemory() - runtime.freeMemory()) / 1e6;
  }

  public static void main(String[] arguments) throws IOException {
    MonitorSide side = new MonitorSide(Path.of(arguments[0]), Path.of(arguments[1]));
    BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = commands.readLine(); line != null; line = commands.readLine()) {
      switch (line) {
        case "pass" -> side.pass();
        case "ids" -> side.ids();
        case "memory" -> System.out.println("memory " + usedMegabytes());
        default -> System.exit(0);
      }
    }
  }

  /** Queries written as `(near 8 (any a b) (any c d))`. */
  private static final class QueryReader {
    private final String[] parts;
    private int next = 0;

    QueryReader(String line) {
      parts = line.replace("(", "( ").replace(")", " )").trim().split("\\s+");
    }

    Query read() {
      next++;
      String kind = parts[next++];
      return switch (kind) {
        case "and", "and-not" -> {
          BooleanClause.Occur second = kind.equals("and") ? BooleanClause.Occur.MUST : BooleanClause.Occur.MUST_NOT;
          BooleanQuery.Builder both = new BooleanQuery.Builder();
          both.add(read(), BooleanClause.Occur.MUST);
          both.add(read(), second);
          next++;
          yield both.build();
        }
        case "near" -> {
          int gap = Integer.parseInt(parts[next++]);
          IntervalsSource left = readPlaces();
          IntervalsSource right = readPlaces();
          next++;
          yield new IntervalQuery(FIELD, Intervals.maxgaps(gap, Intervals.unordered(left, right)));
        }
        case "adjacent" -> {
          PhraseQuery.Builder phrase = new PhraseQuery.Builder();
          for (String word : readWords()) phrase.add(new Term(FIELD, word));
          yield phrase.build();
        }
        case "prefix" -> new PrefixQuery(new Term(FIELD, readWords().get(0)));
        default -> {
          BooleanQuery.Builder any = new BooleanQuery.Builder();
          for (String word : readWords()) any.add(new TermQuery(new Term(FIELD, word)), BooleanClause.Occur.SHOULD);
          yield any.build();
        }
      };
    }

    private IntervalsSource readPlaces() {
      next++;
      String kind = parts[next++];
      List<String> words = readWords();
      if (kind.equals("prefix")) return Intervals.prefix(new BytesRef(words.get(0)));
      return Intervals.or(words.stream().map(Intervals::term).toArray(IntervalsSource[]::new));
    }

    /** The words up to the closing parenthesis, which is read too. */
    private List<String> readWords() {
      List<String> words = new ArrayList<>();
      while (!parts[next].equals(")")) words.add(parts[next++]);
      next++;
      return words;
    }
  }
}
