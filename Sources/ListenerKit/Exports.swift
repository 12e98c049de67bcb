// All that a listener author needs comes with `import ListenerKit`: the events and `Logger`.
@_exported public import Events
@_exported public import Logging
