/// Does work on each element side by side, at most `jobs` at a time, and gives the results in the order of the elements.
///
/// An element is let go once its work is done, where the caller keeps none.
///
/// Throws: the error of the first element, in that order, that failed.
func concurrentMap<Element: Sendable, Result: Sendable>(
  _ elements: consuming [Element], jobs: Int, _ work: @escaping @Sendable (Element) async throws -> Result
) async throws -> [Result] {
  var results = [Swift.Result<Result, any Error>?](repeating: nil, count: elements.count)
  var waiting = elements.map(Optional.some)
  elements = []
  await withTaskGroup(of: (Int, Swift.Result<Result, any Error>).self) { group in
    var next = 0
    func start() {
      guard next < waiting.count, let element = waiting[next] else { return }
      let place = next
      waiting[next] = nil
      next += 1
      group.addTask {
        do { return (place, .success(try await work(element))) } catch { return (place, .failure(error)) }
      }
    }
    for _ in 0..<max(1, jobs) { start() }
    while let (place, result) = await group.next() {
      results[place] = result
      start()
    }
  }
  return try results.compactMap { try $0?.get() }
}
