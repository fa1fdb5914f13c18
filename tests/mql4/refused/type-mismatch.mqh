#ifndef REFUSED_V1_MQH
#define REFUSED_V1_MQH
int F(const bool a)
  {
   return(a);
  }
#endif
// refused: type-mismatch at 5:11
