import Synchronization
import Testing

@testable import Packs

@Suite struct ConcurrentMapTests {
  struct Failure: Error, Equatable {
    let element: Int
  }

  /// The elements whose transformation has begun.
  final class Starts: Sendable {
    private let elements = Mutex<[Int]>([])

    var all: [Int] { elements.withLock { $0.sorted() } }

    func add(_ element: Int) { elements.withLock { $0.append(element) } }
    func contains(_ element: Int) -> Bool { elements.withLock { $0.contains(element) } }
  }

  /// Suspends until a condition is true.
  static func wait(until isTrue: () -> Bool) async throws {
    while !isTrue() { try await Task.sleep(for: .milliseconds(1)) }
  }

  @Test(arguments: [1, 2, 3, 8, 100]) func `results are in the order of the elements`(jobs: Int) async throws
  {
    let results = try await concurrentMap(Array(0..<50), jobs: jobs) { element in
      // Earlier elements take longer, so with several jobs they finish in another order.
      if element % 7 == 0 { try await Task.sleep(for: .milliseconds(3)) }
      return 2 * element
    }
    #expect(results == (0..<50).map { 2 * $0 })
  }

  @Test func `no elements give no results`() async throws {
    #expect(try await concurrentMap([Int](), jobs: 4) { $0 } == [])
  }

  @Test func `nothing starts after a failure`() async {
    let starts = Starts()
    await #expect(throws: Failure(element: 5)) {
      try await concurrentMap(Array(0..<100), jobs: 1) { element in
        starts.add(element)
        if element == 5 { throw Failure(element: 5) }
      }
    }
    #expect(starts.all == [0, 1, 2, 3, 4, 5])
  }

  @Test(.timeLimit(.minutes(10))) func `running work finishes after a failure and nothing else starts`()
    async throws
  {
    let (starts, finishes) = (Starts(), Starts())
    await #expect(throws: Failure(element: 0)) {
      try await concurrentMap(Array(0..<100), jobs: 3) { element in
        starts.add(element)
        if element == 0 {
          try await Self.wait { starts.contains(1) && starts.contains(2) }
          throw Failure(element: 0)
        }
        // The others outlast the failure, and a place for another start becomes free when they finish.
        try await Task.sleep(for: .milliseconds(100 * element))
        finishes.add(element)
      }
    }
    #expect(starts.all == [0, 1, 2])
    #expect(finishes.all == [1, 2])
  }

  @Test(.timeLimit(.minutes(10))) func `the error is that of the first element that fails`() async throws {
    let starts = Starts()
    await #expect(throws: Failure(element: 0)) {
      try await concurrentMap(Array(0..<100), jobs: 2) { element in
        starts.add(element)
        // The second element fails first, while the first is running.
        if element == 0 {
          try await Self.wait { starts.contains(1) }
          try await Task.sleep(for: .milliseconds(50))
        }
        throw Failure(element: element)
      }
    }
    #expect(starts.all == [0, 1])
  }

  @Test(.timeLimit(.minutes(10))) func `nothing starts after a cancellation`() async throws {
    let starts = Starts()
    let task = Task {
      try await concurrentMap(Array(0..<100), jobs: 2) { element in
        starts.add(element)
        try? await Task.sleep(for: .seconds(30))
        return element
      }
    }
    try await Self.wait { starts.all.count == 2 }
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
    #expect(starts.all == [0, 1])
  }
}
