package io.github.cdkmaven.minishift;

/** The ways in which versions of minishift hand the name of the control-plane images on to {@code oc cluster up}. */
public enum ImageArgument {
    /** {@code --extra-clusterup-flags --image=…}, run on the host without a shell: quotes would arrive as part of the name. */
    EXTRA_FLAGS,
    /** {@code --extra-clusterup-flags --image='…'}, run by the VM's shell, which eats what is not in single quotes. */
    QUOTED_EXTRA_FLAGS,
    /** The hidden flag {@code --image '…'} (minishift#2789), run by the VM's shell as well; needs no experimental switch. */
    HIDDEN_FLAG,
    /** None: the version refuses every extra flag (minishift#2318), so the images have to be there under their public names. */
    IMPOSSIBLE
}
