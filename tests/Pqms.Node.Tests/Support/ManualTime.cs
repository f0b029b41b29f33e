namespace Pqms.Node.Tests.Support;

// Time that moves only when it is told to; timers fire inside Advance.
internal sealed class ManualTime : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<ManualTimer> _timers = [];
    private TaskCompletionSource _armed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _ticks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => _ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        lock (_gate)
        {
            var timer = new ManualTimer(() => callback(state), _ticks + dueTime.Ticks);
            _timers.Add(timer);
            _armed.TrySetResult();
            return timer;
        }
    }

    // Completes when a timer was armed after the last one fired.
    public Task NextTimerAsync() => _armed.Task;

    public void Advance(TimeSpan by)
    {
        List<ManualTimer> due;
        lock (_gate)
        {
            _ticks += by.Ticks;
            due = _timers.FindAll(timer => timer.DueTicks <= _ticks);
            _timers.RemoveAll(due.Contains);
            if (due.Count > 0)
            {
                _armed = new(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }

        foreach (var timer in due)
        {
            timer.Fire();
        }
    }

    private sealed class ManualTimer(Action fire, long dueTicks) : ITimer
    {
        private bool _disposed;

        public long DueTicks => dueTicks;

        public void Fire()
        {
            if (!_disposed)
            {
                fire();
            }
        }

        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose() => _disposed = true;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
