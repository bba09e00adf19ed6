// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

/// The commit a build is of, as Scripts/sample gives it; what is no name of one does not get into the program.
let commit = Context.environment["HALFTERM_COMMIT"] ?? ""
let isCommit = !commit.isEmpty && commit.allSatisfy { $0.isHexDigit || "-dirty".contains($0) }

let package = Package(
  name: "halfterm",
  products: [.executable(name: "halfterm", targets: ["halfterm"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.5.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.0.0"),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.0.0"),
  ],
  targets: [
    .systemLibrary(
      name: "CXLSXWriter", providers: [.apt(["libxlsxwriter-dev"])]),
    .systemLibrary(name: "CFileSystem"),
    .target(
      name: "CCommit",
      cSettings: [.define("HALFTERM_COMMIT", to: "\"\(isCommit ? commit : "unknown")\"")]),
    .systemLibrary(name: "CCrypto", providers: [.apt(["libssl-dev"])]),
    .systemLibrary(name: "CZip", providers: [.apt(["libzip-dev"])]),
    .systemLibrary(name: "CExpat", providers: [.apt(["libexpat1-dev"])]),
    .systemLibrary(name: "CCMark", providers: [.apt(["libcmark-dev"])]),
    .target(name: "Registers", swiftSettings: strict),
    .target(name: "Archives", dependencies: ["CZip"], swiftSettings: strict),
    .target(name: "Exports", dependencies: ["Registers", "Archives", "CExpat"], swiftSettings: strict),
    .target(name: "StrictYAML", dependencies: ["Yams"], swiftSettings: strict),
    .target(
      name: "Policies",
      dependencies: ["Registers", "StrictYAML"],
      resources: [
        .embedInCode("dfe-2024.yaml"),
        .embedInCode("music-stuff-education.yaml"),
        .embedInCode("mason-moor-primary.yaml"),
        .embedInCode("bramhall-high.yaml"),
        .embedInCode("beckfoot-trust.yaml"),
        .embedInCode("st-albans-mat.yaml"),
      ],
      swiftSettings: strict),
    .target(name: "Measures", dependencies: ["Registers", "Policies"], swiftSettings: strict),
    .target(
      name: "Comparators", dependencies: ["Registers", "Measures", "Exports"], swiftSettings: strict),
    .target(
      name: "Reports",
      dependencies: ["Registers", "Policies", "Measures", "Comparators"], swiftSettings: strict),
    .target(name: "Commentary", dependencies: ["Reports", "CCMark"], swiftSettings: strict),
    .target(
      name: "Workbooks",
      dependencies: ["Registers", "Measures", "Reports", "Archives", "CXLSXWriter"], swiftSettings: strict),
    .target(
      name: "Templates",
      path: "Templates",
      resources: [
        .embedInCode("pack.mustache"),
        .embedInCode("index.mustache"),
        .embedInCode("table.mustache"), .embedInCode("section.mustache"), .embedInCode("card.mustache"),
        .embedInCode("chart.mustache"),
        .embedInCode("style.css"),
        .embedInCode("letter-page.mustache"),
        .embedInCode("letter-head.mustache"),
        .embedInCode("letter-figures.mustache"),
        .embedInCode("letter-rule.mustache"),
        .embedInCode("letter-close.mustache"),
        .embedInCode("letter-style.css"),
        .embedInCode("letters/attendance-letter.mustache"),
        .embedInCode("letters/meeting.mustache"),
        .embedInCode("letters/referral.mustache"),
      ],
      swiftSettings: strict),
    .target(
      name: "Pages",
      dependencies: [
        "Registers", "Measures", "Reports", "Templates",
        .product(name: "Mustache", package: "swift-mustache"),
      ],
      swiftSettings: strict),
    .target(name: "Samples", dependencies: ["Registers", "CXLSXWriter"], swiftSettings: strict),
    .executableTarget(
      name: "halfterm",
      dependencies: [
        "Registers", "Exports", "StrictYAML", "Policies", "Measures", "Comparators", "Reports", "Commentary",
        "Workbooks", "Pages",
        "Samples",
        "CFileSystem", "CCommit", "CCrypto",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict),
    .target(
      name: "TestSupport", dependencies: ["Registers"], path: "Tests/TestSupport",
      swiftSettings: strict),
    .executableTarget(
      name: "Memory",
      dependencies: [
        "Registers", "Exports", "Policies", "Measures", "Reports", "Workbooks", "Pages",
      ],
      path: "Tests/Memory", exclude: ["swift-runtime.supp"], swiftSettings: strict),
    .testTarget(
      name: "RegistersTests", dependencies: ["Registers", "TestSupport"],
      resources: [.embedInCode("codes.csv")], swiftSettings: strict),
    .testTarget(
      name: "WorkbooksTests",
      dependencies: ["Workbooks", "Reports", "Registers", "Measures", "Policies", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "ExportsTests", dependencies: ["Exports", "Registers", "TestSupport"], swiftSettings: strict),
    .testTarget(
      name: "PoliciesTests", dependencies: ["Policies", "Registers", "StrictYAML"], swiftSettings: strict),
    .testTarget(
      name: "MeasuresTests", dependencies: ["Measures", "Policies", "Registers", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "ComparatorsTests",
      dependencies: ["Comparators", "Exports", "Measures", "Policies", "Registers", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "ReportsTests",
      dependencies: ["Reports", "Comparators", "Measures", "Policies", "Registers", "TestSupport"],
      swiftSettings: strict),
    .testTarget(name: "CommentaryTests", dependencies: ["Commentary", "Reports"], swiftSettings: strict),
    .testTarget(
      name: "PagesTests",
      dependencies: ["Pages", "Templates", "Reports", "Measures", "Policies", "Registers", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "HalftermTests",
      dependencies: [
        "halfterm", "Registers", "TestSupport",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict),
    .testTarget(
      name: "SamplesTests", dependencies: ["Samples", "Registers", "TestSupport"], swiftSettings: strict),
  ]
)
