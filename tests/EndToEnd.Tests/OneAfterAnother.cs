// Each run has servers and services of its own; two at once would measure the machine, not the mesh.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
